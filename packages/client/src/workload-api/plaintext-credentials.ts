import type { Socket } from 'node:net';
import { ChannelCredentials, credentials, type experimental } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';

/**
 * No TLS, as grpc-js's insecure credentials, for one channel: once it is closed there is no way to a new connection.
 *
 * A channel that is closed between two tries connects once more, and nobody would ever close that connection.
 */
export class PlaintextCredentials extends ChannelCredentials {
  override _isSecure(): boolean {
    return false;
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(): experimental.SecureConnector {
    let isClosed = false;
    return {
      connect: (socket) =>
        isClosed ? Promise.reject(closed(socket)) : Promise.resolve({ socket, secure: false }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => credentials.createEmpty(),
      destroy: () => (isClosed = true),
    };
  }
}

function closed(socket: Socket): WorkloadApiError {
  socket.destroy();
  return new WorkloadApiError('ERR_UNAVAILABLE', 'the client was closed');
}
