import {
  type ClientHttp2Session,
  connect as connectHttp2,
  type SecureClientSessionOptions,
} from 'node:http2';
import type { X509Source } from '../source/x509-source.ts';
import { connector, type MtlsClientOptions } from './mtls-connect.ts';
import { mtlsTarget } from './target.ts';

/**
 * An HTTP/2 session with a server that is verified before the first request leaves. When it is not who it should be,
 * the session fails with the reason.
 *
 * @throws {SpiffeIdError} when `authorize` names a malformed ID.
 */
export function mtlsHttp2(
  source: X509Source,
  options: MtlsClientOptions,
  authority: string | URL,
  sessionOptions: SecureClientSessionOptions = {},
): ClientHttp2Session {
  const connect = connector(source, options);
  return connectHttp2(authority, {
    ...sessionOptions,
    createConnection: (url) => connect({ ...mtlsTarget(url), ALPNProtocols: ['h2'] }),
  });
}
