import { encodePem, type X509Svid } from '@signet/core';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { constants } from 'node:crypto';

/**
 * Settings of every TLS side of this package: TLS 1.3 only, no resumption, and no authorities, for OpenSSL has no say
 * in who is trusted and would otherwise look through the public ones.
 */
export const TLS_SETTINGS: Readonly<SecureContextOptions> = {
  minVersion: 'TLSv1.3',
  secureOptions: constants.SSL_OP_NO_TICKET,
  ca: [],
};

const contexts = new WeakMap<X509Svid, SecureContext>();

/** Certificate chain and key of an SVID in the form that TLS wants. */
export function keyPair(svid: X509Svid): { cert: string; key: string } {
  return {
    cert: svid.certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join(''),
    key: svid.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** The TLS context of an SVID, made once an SVID. */
export function secureContextOf(svid: X509Svid): SecureContext {
  const known = contexts.get(svid);
  if (known !== undefined) return known;
  const context = createSecureContext({ ...TLS_SETTINGS, ...keyPair(svid) });
  contexts.set(svid, context);
  return context;
}
