import type { TLSSocket } from 'node:tls';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type MtlsClientOptions } from './mtls-connect.ts';
import { type HttpTarget, mtlsTarget } from './target.ts';
import { verified } from './verified.ts';

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
    verified(() => connect({ ...mtlsTarget(target), ALPNProtocols: ['http/1.1'] })).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error as Error, null),
    );
  };
}
