import {
  ServerInterceptingCall,
  status,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { Connection } from './connection.ts';
import { GuardedCall } from './guarded-call.ts';
import type { PeerRegistry } from './peer.ts';

function connectionOf(
  call: ServerInterceptingCallInterface,
  registries: readonly PeerRegistry[],
): Connection | undefined {
  const id = call.getPeer();
  for (const registry of registries) {
    const peer = registry.resolve(id);
    if (peer instanceof Connection) return peer;
  }
  return undefined;
}

/** Whether the messages of a call would have to be inflated; grpc-js keeps the header from interceptors. */
function isCompressed(call: ServerInterceptingCallInterface): boolean {
  const { incomingEncoding = 'identity' } = call as { readonly incomingEncoding?: string };
  return incomingEncoding !== 'identity';
}

/** A call that ends at once and never reaches its handler. */
function refused(
  call: ServerInterceptingCallInterface,
  code: status,
  details: string,
): ServerInterceptingCall {
  const ignore = (): void => undefined;
  const refuse = (): void => {
    call.sendStatus({ code, details, metadata: null });
  };
  return new ServerInterceptingCall(call, {
    start: (next) => {
      next({ onReceiveMetadata: refuse, onReceiveMessage: ignore, onReceiveHalfClose: ignore });
    },
  });
}

/**
 * The interceptor that tells our listeners what happens inside grpc-js: which connections get whole messages, which
 * calls still wait for their first. It must be the first of the server's interceptors, nearest to the wire.
 *
 * A call on a connection that is no longer known is refused as UNAVAILABLE, one that compresses as UNIMPLEMENTED.
 *
 * @param registries - the peers of all listeners that feed the server.
 */
export function connectionGuard(registries: () => readonly PeerRegistry[]): ServerInterceptor {
  return (method, call) => {
    const connection = connectionOf(call, registries());
    if (connection === undefined) {
      return refused(call, status.UNAVAILABLE, 'connection closed');
    }
    // A kilobyte can inflate to the largest message; no peer of SPIFFE's compresses.
    if (isCompressed(call)) return refused(call, status.UNIMPLEMENTED, 'compression is not supported');
    return new GuardedCall(call, connection, method.requestStream);
  };
}
