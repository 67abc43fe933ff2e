import type { Socket } from 'node:net';

/** Cuts a socket that has received nothing more when the time is over. */
export function cutWhenSilent(socket: Socket, afterMs: number): void {
  const already = socket.bytesRead;
  const timer = setTimeout(() => {
    if (socket.bytesRead <= already) socket.destroy();
  }, afterMs).unref();
  socket.once('close', () => clearTimeout(timer));
}
