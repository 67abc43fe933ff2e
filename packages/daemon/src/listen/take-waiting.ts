import { type Server, Socket } from 'node:net';
import { acceptWaiting, closeFd } from '../platform/libc.ts';

/** So many in one turn of the event loop; the rest wait for the next, and calls have their turn between. */
const MOST_IN_A_TURN = 128;

/** The descriptor that a server listens on; -1 when it does not. */
function listeningDescriptor(server: Server): number {
  const { _handle: handle } = server as Server & { readonly _handle?: { readonly fd?: number } | null };
  return handle?.fd ?? -1;
}

function socketOf(fd: number): Socket | undefined {
  try {
    return new Socket({ fd, readable: true, writable: true });
  } catch {
    // It may have been reset already.
    closeFd(fd);
    return undefined;
  }
}

/**
 * The listener for a server's connections: takes the one that came, and those that wait behind it.
 *
 * By itself libuv takes one connection in each turn of the event loop. Turns last as long as there are calls to answer,
 * so a single busy client would leave all new ones waiting for as many turns as there are connections before theirs.
 */
export function takeWaiting(server: () => Server, take: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    take(socket);
    const listening = listeningDescriptor(server());
    for (let taken = 1; listening >= 0 && taken < MOST_IN_A_TURN; taken++) {
      const fd = acceptWaiting(listening);
      if (fd === undefined) return;
      const next = socketOf(fd);
      if (next !== undefined) take(next);
    }
  };
}
