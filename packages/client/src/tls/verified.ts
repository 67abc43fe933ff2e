import type { TLSSocket } from 'node:tls';
import { PeerRefusedError } from '../errors.ts';

/**
 * Opens a connection, and waits until its server has been verified.
 *
 * @throws why it was refused, could not be reached, or may not be opened at all.
 */
export function verified(open: () => TLSSocket): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = open();
    // It stays: until whoever gets the socket listens, nobody else does.
    socket.on('error', reject);
    socket.once('close', () => {
      reject(new PeerRefusedError('ERR_UNAVAILABLE', 'connection was closed before the TLS handshake ended'));
    });
    socket.once('secureConnect', () => {
      resolve(socket);
    });
  });
}
