import type { Socket } from 'node:net';
import { peekBytes } from '../../platform/libc.ts';
import { after } from '../../process/timer.ts';
import { descriptorOf } from '../socket-handle.ts';
import { type ClientKind, clientKind, LONGEST_SETTINGS_BYTES } from './client-settings.ts';

// Used again for each connection.
const peeked = Buffer.alloc(LONGEST_SETTINGS_BYTES);

/** What the bytes that wait say already. */
function peekKind(socket: Socket): ClientKind | undefined {
  const fd = descriptorOf(socket);
  return fd < 0 ? undefined : clientKind(peeked.subarray(0, peekBytes(fd, peeked)));
}

/** Reads until the kind is known, and puts back all that was read. */
function readKind(socket: Socket, withinMs: number, take: (kind: ClientKind) => void): void {
  let read: Buffer = Buffer.alloc(0);
  const stop = (): void => {
    timer.cancel();
    socket.off('data', onData).off('close', stop);
  };
  const decide = (kind: ClientKind): void => {
    stop();
    socket.pause();
    if (read.length > 0) socket.unshift(read);
    take(kind);
  };
  const onData = (chunk: Buffer): void => {
    read = Buffer.concat([read, chunk]);
    const kind = clientKind(read);
    if (kind !== undefined) decide(kind);
  };
  const timer = after(withinMs, () => decide('plain'));
  socket.on('data', onData).once('close', stop);
}

/**
 * Hands on which client speaks, once that is known: mostly at once, since its first settings are there when a connection
 * has been accepted. Whoever reads the socket then reads all from its first byte.
 *
 * @param withinMs - after which a client that has not said is taken as `plain`.
 */
export function awaitClient(socket: Socket, withinMs: number, take: (kind: ClientKind) => void): void {
  const kind = peekKind(socket);
  if (kind === undefined) readKind(socket, withinMs, take);
  else take(kind);
}
