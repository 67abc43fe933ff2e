import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenFailure, type ConfiguredAddress } from '../process/listen-failure.ts';

/** A small HTTP endpoint that listens. */
export interface HttpListener {
  readonly host: string;
  /** the port it got. */
  readonly port: number;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const TIMEOUT_MS = 5000;
const MAX_HEADER_BYTES = 8 * 1024;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Serves short answers over HTTP, with bounds on connections, headers and time.
 *
 * @throws {ProcessError} `ERR_LISTEN_ADDRESS` when the address cannot be had, with the keys that name it.
 */
export function listenHttp(address: ConfiguredAddress, onRequest: RequestListener): Promise<HttpListener> {
  const { host, port } = address;
  // To import it loads Node's HTTP client as well: a tenth of an idle agent's memory, and of a command's start.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer(
    {
      headersTimeout: TIMEOUT_MS,
      requestTimeout: TIMEOUT_MS,
      keepAliveTimeout: TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    onRequest,
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenFailure(cause, address)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error').on('error', () => undefined);
      resolve({ host, port: (server.address() as AddressInfo).port, close: () => close(server) });
    });
  });
}
