import type { Socket } from 'node:net';

/** What is below a socket of Node: no public interface of it. */
export interface SocketHandle {
  readonly fd?: number;
  /** what the socket believes; started twice is an error that destroys it. */
  readonly reading?: boolean;
  readStop(): number;
  readStart(): number;
}

/** The handle of a socket; undefined once it is closed. */
export function handleOf(socket: Socket): SocketHandle | undefined {
  const { _handle: handle } = socket as Socket & { readonly _handle?: SocketHandle | null };
  return handle ?? undefined;
}

/** The descriptor of a socket; -1 once it is closed. */
export function descriptorOf(socket: Socket): number {
  return handleOf(socket)?.fd ?? -1;
}
