import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { MtlsTarget } from './mtls-connect.ts';

/** Where an HTTP library wants a connection to, in the forms that they say it. */
export interface HttpTarget {
  readonly host?: string | null | undefined;
  readonly hostname?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  /** Path of a Unix socket, instead of host and port. */
  readonly socketPath?: string | null | undefined;
  /** A connection through a proxy, instead of host and port. */
  readonly httpSocket?: Socket | null | undefined;
  readonly lookup?: LookupFunction | undefined;
}

const HTTPS_PORT = 443;

/** The same in the form of `node:tls`. */
export function mtlsTarget({ host, hostname, port, socketPath, httpSocket, lookup }: HttpTarget): MtlsTarget {
  const name = (hostname ?? host ?? 'localhost').replace(/^\[(.*)\]$/, '$1');
  const servername = isIP(name) === 0 && { servername: name };
  if (httpSocket) return { ...servername, socket: httpSocket };
  if (socketPath) return { ...servername, path: socketPath };
  return { ...servername, host: name, port: Number(port ?? '') || HTTPS_PORT, ...(lookup && { lookup }) };
}
