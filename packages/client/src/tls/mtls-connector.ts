import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type MtlsClientOptions } from './mtls-connect.ts';
import { connectOrFail, type HttpTarget } from './target.ts';

/** The form of connecting that undici asks for. */
export type UndiciConnector = (
  target: HttpTarget,
  callback: (...result: [error: null, socket: TLSSocket] | [error: Error, socket: null]) => void,
) => void;

/**
 * The `connect` option of an undici `Agent`, which `fetch` takes as its `dispatcher`. The connection is given away only
 * once its server has been verified.
 *
 * ```ts
 * const dispatcher = new Agent({ connect: mtlsConnector(source, { authorize }) });
 * await fetch('https://orders:8443/', { dispatcher });
 * ```
 *
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsConnector(source: X509Source, options: MtlsClientOptions): UndiciConnector {
  const connect = connector(source, options);
  return (target, callback) => {
    const socket: Duplex = connectOrFail(connect, target, 'http/1.1');
    const onError = (error: Error): void => callback(error, null);
    socket.once('error', onError);
    socket.once('secureConnect', () => {
      socket.off('error', onError);
      callback(null, socket as TLSSocket);
    });
  };
}
