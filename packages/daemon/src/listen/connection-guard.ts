import {
  ServerInterceptingCall,
  status,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { monotonicMs } from '../process/clock.ts';
import type { ServerHttp2Stream } from 'node:http2';
import { Connection, type WaitingCall } from './connection.ts';
import { UnixConnection } from './unix-connection.ts';
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

// What grpc-js keeps for each frame of an unfinished message beside its bytes.
const BYTES_PER_FRAME = 256;

/**
 * Counts what one call has received of a message that is not whole yet, in frames and in bytes of its connection; the
 * returned function starts the count anew. Notes the session behind it.
 */
function limitMessage(call: ServerInterceptingCallInterface, connection: Connection): () => void {
  let frames = 0;
  let bytes = 0;
  const startAnew = (): void => {
    connection.unfinishedBytes -= bytes;
    frames = 0;
    bytes = 0;
  };
  // grpc-js keeps a slice per frame and does not say how many; its own call object has the stream.
  const { stream } = call as { readonly stream?: ServerHttp2Stream };
  if (connection instanceof UnixConnection) connection.session ??= stream?.session;
  stream?.on('data', (chunk: Uint8Array) => {
    const held = chunk.length + BYTES_PER_FRAME;
    frames += 1;
    bytes += held;
    connection.unfinishedBytes += held;
    const { maxFramesPerMessage, maxUnfinishedBytes } = connection.limits;
    if (frames > maxFramesPerMessage) connection.close('message in too many frames');
    if (connection.unfinishedBytes > maxUnfinishedBytes) connection.close('too many unfinished messages');
  });
  stream?.once('close', startAnew);
  return startAnew;
}

function waitForMessage(call: ServerInterceptingCallInterface, connection: Connection): WaitingCall {
  const waiting: WaitingCall = {
    since: monotonicMs(),
    expire: () => {
      const details = 'no request message in time';
      call.sendStatus({ code: status.DEADLINE_EXCEEDED, details, metadata: null });
    },
  };
  connection.waiting.add(waiting);
  return waiting;
}

/** Whether the messages of a call would have to be inflated; grpc-js keeps the header from interceptors. */
function isCompressed(call: ServerInterceptingCallInterface): boolean {
  const { incomingEncoding = 'identity' } = call as { readonly incomingEncoding?: string };
  return incomingEncoding !== 'identity';
}

/**
 * Keeps count of calls that were begun only to be cancelled: each costs us more than the client.
 *
 * @returns to be called when the call is answered, if only by the first message of a stream.
 */
function countCancelled(call: ServerInterceptingCallInterface, connection: Connection): () => void {
  let isOver = false;
  const ended = (): void => {
    if (isOver) return;
    isOver = true;
    connection.cancelledCalls += 1;
    const isTooMany = connection.cancelledCalls > connection.limits.maxCancelledCalls;
    if (isTooMany) connection.close('too many cancelled calls');
  };
  // A call that was cancelled in the packet that began it does not hear of it from grpc-js.
  const { stream } = call as { readonly stream?: ServerHttp2Stream };
  stream?.once('close', ended);
  return () => {
    if (isOver || stream?.closed === true) return;
    isOver = true;
    connection.cancelledCalls = Math.max(0, connection.cancelledCalls - 1);
  };
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
  return (_method, call) => {
    const connection = connectionOf(call, registries());
    if (connection === undefined) {
      return refused(call, status.UNAVAILABLE, 'connection closed');
    }
    // A kilobyte can inflate to the largest message; no peer of SPIFFE's compresses.
    if (isCompressed(call)) return refused(call, status.UNIMPLEMENTED, 'compression is not supported');
    const answered = countCancelled(call, connection);
    const newMessage = limitMessage(call, connection);
    const waiting = waitForMessage(call, connection);
    return new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMessage: (message, nextMessage) => {
            connection.messages += 1;
            connection.waiting.delete(waiting);
            newMessage();
            nextMessage(message);
          },
          onCancel: () => void connection.waiting.delete(waiting),
        });
      },
      sendMessage: (message, next) => {
        answered();
        next(message);
      },
      sendStatus: (sent, next) => {
        connection.waiting.delete(waiting);
        answered();
        next(sent);
      },
    });
  };
}
