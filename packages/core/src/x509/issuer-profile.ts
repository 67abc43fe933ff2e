import { X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate } from './certificate.ts';
import { isEmptyName } from './distinguished-name.ts';
import { authorityKeyIdExtension } from './extension-encoding.ts';
import { keyTypeOf, type SignatureScheme, signatureScheme } from './key-type.ts';
import { keyUsage } from './key-usage.ts';

/** What every certificate that one CA signs has in common; made once per CA. */
export interface IssuerProfile {
  /** DER Name. */
  readonly issuerDer: Uint8Array;
  /** The whole authorityKeyIdentifier extension of what it signs. */
  readonly authorityKeyIdExtension: Uint8Array;
  readonly subjectKeyId: Uint8Array;
  readonly notBefore: UnixSeconds;
  readonly notAfter: UnixSeconds;
  readonly scheme: SignatureScheme;
}

/**
 * Prepares a CA for issuing.
 *
 * @throws {X509Error} `ERR_X509_NOT_CA`, `ERR_X509_KEY_USAGE`, `ERR_X509_KEY_IDENTIFIER`, `ERR_X509_SUBJECT`, `ERR_KEY_*`
 *   the certificate cannot be an issuer.
 */
export function prepareIssuer(ca: Certificate): IssuerProfile {
  const { subjectKeyId, notBefore, notAfter } = ca;
  if (!ca.isCa) throw new X509Error('ERR_X509_NOT_CA', 'issuer is not a CA');
  if (((ca.keyUsage ?? 0) & keyUsage.keyCertSign) === 0) {
    throw new X509Error('ERR_X509_KEY_USAGE', 'issuer may not sign certificates');
  }
  if (subjectKeyId === undefined) {
    throw new X509Error('ERR_X509_KEY_IDENTIFIER', 'issuer has no subject key identifier');
  }
  if (isEmptyName(ca.subjectDer)) throw new X509Error('ERR_X509_SUBJECT', 'issuer has an empty subject');
  const keyType = keyTypeOf(ca.publicKey);
  if (keyType === undefined) throw new X509Error('ERR_KEY_TYPE', 'issuer has a key that does not sign here');
  return {
    issuerDer: ca.subjectDer,
    authorityKeyIdExtension: authorityKeyIdExtension(subjectKeyId),
    subjectKeyId,
    notBefore,
    notAfter,
    scheme: signatureScheme(keyType),
  };
}
