import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenFailure, type ConfiguredAddress } from '../process/listen-failure.ts';
import { ConnectionRoom, type RoomLimits } from './connection-room.ts';
import { gateRequests } from './request-gate.ts';

/** A small HTTP endpoint that listens. */
export interface HttpListener {
  readonly host: string;
  /** the port it got. */
  readonly port: number;
  /** how many are open now. */
  readonly connections: number;
  close(): Promise<void>;
}

/** What strangers may take. */
export interface HttpLimits extends RoomLimits {
  /** One after the other: whoever asks before it has been answered is cut off. */
  readonly requestsPerConnection: number;
  /** How long a client may take nothing of an answer. */
  readonly unreadMs: number;
  /** How long it may take for all of it. */
  readonly answerMs: number;
}

const LIMITS: HttpLimits = {
  connections: 256,
  // A reverse proxy is one address.
  connectionsPerAddress: 128,
  requestsPerConnection: 32,
  unreadMs: 10_000,
  answerMs: 60_000,
};
const TIMEOUT_MS = 5000;
const CHECK_MS = 1000;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_HEADERS = 64;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Serves short answers over HTTP to whoever asks, with bounds on connections, headers, time and what is not read.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS` when the address cannot be had, with the keys that name it.
 */
export function listenHttp(
  address: ConfiguredAddress,
  onRequest: RequestListener,
  changes: Partial<HttpLimits> = {},
): Promise<HttpListener> {
  const { host, port } = address;
  const limits = { ...LIMITS, ...changes };
  // To import it loads Node's HTTP client as well: a tenth of an idle agent's memory, and of a command's start.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer(
    {
      headersTimeout: TIMEOUT_MS,
      requestTimeout: TIMEOUT_MS,
      keepAliveTimeout: TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    onRequest,
  );
  server.maxHeadersCount = MAX_HEADERS;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.setTimeout(limits.unreadMs);
  // Those that are being cut count for a moment longer.
  server.maxConnections = 2 * limits.connections;
  const room = new ConnectionRoom(limits);
  server.on('connection', (socket) => room.enter(socket));
  gateRequests(server, limits.answerMs);
  server.on('clientError', (_error, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenFailure(cause, address)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error').on('error', () => undefined);
      resolve({
        host,
        port: (server.address() as AddressInfo).port,
        get connections() {
          return room.size;
        },
        close: () => close(server),
      });
    });
  });
}
