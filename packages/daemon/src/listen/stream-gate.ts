import {
  constants,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type Settings,
} from 'node:http2';
import { ServerCredentials, type ConnectionInjector, type Server as GrpcServer } from '@grpc/grpc-js';
import { CallCount } from './call-count.ts';
import { Connection } from './connection.ts';
import { Turns } from './turns.ts';

type StreamListener = (stream: ServerHttp2Stream, ...rest: readonly unknown[]) => void;

function ignore(): void {
  return undefined;
}

/**
 * Calls that the client ends after their answer, as those of streams end that it has read enough of, cost no more than
 * others. Node cuts a connection with many of them, and grpc-js hands on no setting of that. Calls that are ended before
 * their answer are bounded by us (`maxUnansweredCalls`).
 */
const RESETS = { streamResetBurst: 100_000, streamResetRate: 10_000 };

/** Headers of a call, bytes: what gRPC libraries take by themselves. They are kept as long as the call is open. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Sets the options of HTTP/2 that grpc-js hands on no setting for. */
function setOptions(server: GrpcServer): void {
  const { commonServerOptions: options } = server as unknown as {
    readonly commonServerOptions?: { settings?: Settings };
  };
  if (options === undefined) throw new TypeError('this grpc-js keeps its HTTP/2 options elsewhere');
  const settings = { ...options.settings, maxHeaderListSize: MAX_HEADER_BYTES };
  Object.assign(options, RESETS, { settings });
}

/** The HTTP/2 server behind the injector that was made last. */
function newestHttp2Server(server: GrpcServer): Http2Server {
  const { http2Servers } = server as unknown as { readonly http2Servers?: ReadonlyMap<Http2Server, unknown> };
  const newest = [...(http2Servers?.keys() ?? [])].at(-1);
  if (newest === undefined) throw new TypeError('this grpc-js keeps its HTTP/2 servers elsewhere');
  return newest;
}

/** Puts the gate between a session and whoever serves its streams. */
function gate(session: ServerHttp2Session, connection: Connection, turns: Turns, count: CallCount): void {
  const [serve] = session.listeners('stream') as StreamListener[];
  session.removeAllListeners('stream');
  session.on('stream', (stream: ServerHttp2Stream, ...rest: readonly unknown[]) => {
    stream.on('error', ignore);
    connection.callBegan();
    if (!count.enter(connection)) {
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    stream.once('close', () => count.leave(connection));
    const begin = (): void => {
      // grpc-js answers streams that name no method of ours or no content type of gRPC's without a look at whether they
      // are over, and the error of that ends the process.
      if (stream.destroyed || stream.closed) return;
      try {
        serve?.call(session, stream, ...rest);
      } catch (error) {
        connection.failed(error);
      }
    };
    turns.begin(connection, begin);
  });
}

/**
 * The way into a grpc-js server for sockets of {@link Connection}s that are ready for HTTP/2.
 *
 * Every HTTP/2 stream passes a gate before grpc-js sees it. Interceptors would not do: they hear nothing of streams
 * that name no method of ours or no content type of gRPC's.
 *
 * @throws {TypeError} this is another grpc-js than the one that we know.
 */
export function gatedInjector(server: GrpcServer): ConnectionInjector {
  setOptions(server);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const http2 = newestHttp2Server(server);
  const connections = new Set<Connection>();
  const turns = new Turns(() => connections);
  const count = new CallCount();
  return {
    ...injector,
    injectConnection(socket) {
      const connection = Connection.of(socket);
      const onSession = (session: ServerHttp2Session): void => {
        if (connection === undefined) return;
        connection.http2 = session;
        session.once('remoteSettings', () => {
          connection.hasSettings = true;
        });
        connection.turns = turns;
        connections.add(connection);
        connection.onClose(() => connections.delete(connection));
        gate(session, connection, turns, count);
      };
      http2.once('session', onSession);
      injector.injectConnection(socket);
      http2.off('session', onSession);
    },
  };
}
