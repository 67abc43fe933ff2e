import { X509Error } from '../errors.ts';
import type { UnixSeconds } from '../time.ts';
import type { Certificate } from './certificate.ts';
import { keyUsage } from './key-usage.ts';
import { nameKey } from './name-comparison.ts';
import type { Crl } from './parse-crl.ts';
import { isSignatureValid, signatureAlgorithmOf } from './signature-algorithm.ts';

/** What {@link verifyCrl} goes by. */
export interface VerifyCrlOptions {
  readonly at: UnixSeconds;
  /** How much later than `nextUpdate`, and earlier than `thisUpdate`, is still accepted, seconds; default 0. */
  readonly leewaySeconds?: number;
  /** Number of the newest CRL seen of this authority; an older one is refused, so that none is replayed. */
  readonly lastNumber?: bigint;
}

/**
 * Verifies that an authority made a CRL, that it is fresh, and not older than the one before.
 *
 * @throws {X509Error} `ERR_CRL_ISSUER` it is of another authority; `ERR_X509_NOT_CA`, `ERR_X509_KEY_USAGE` the authority
 *   may not sign CRLs; `ERR_X509_SIGNATURE_ALGORITHM`, `ERR_CRL_SIGNATURE`, `ERR_KEY_*`; `ERR_CRL_NOT_YET_VALID`,
 *   `ERR_CRL_EXPIRED`; `ERR_CRL_ROLLED_BACK` its number is below the last one.
 * @spec RFC 5280 §6.3.3
 */
export function verifyCrl(crl: Crl, authority: Certificate, options: VerifyCrlOptions): void {
  requireIssuer(crl, authority);
  requireSignature(crl, authority);
  const { at, leewaySeconds = 0, lastNumber = 0n } = options;
  if (at < crl.thisUpdate - leewaySeconds)
    throw new X509Error('ERR_CRL_NOT_YET_VALID', 'CRL is from the future');
  if (at >= crl.nextUpdate + leewaySeconds) throw new X509Error('ERR_CRL_EXPIRED', 'CRL is out of date');
  if (crl.number < lastNumber)
    throw new X509Error('ERR_CRL_ROLLED_BACK', 'CRL is older than one seen before');
}

function requireIssuer({ issuerDer, authorityKeyId }: Crl, authority: Certificate): void {
  const isNamed = nameKey(issuerDer) === authority.comparableSubject;
  const { subjectKeyId } = authority;
  if (!isNamed || subjectKeyId === undefined || Buffer.compare(subjectKeyId, authorityKeyId) !== 0) {
    throw new X509Error('ERR_CRL_ISSUER', 'CRL is of another authority');
  }
  if (!authority.isCa) throw new X509Error('ERR_X509_NOT_CA', 'issuer of a CRL is not a CA');
  if (((authority.keyUsage ?? 0) & keyUsage.crlSign) === 0) {
    throw new X509Error('ERR_X509_KEY_USAGE', 'authority may not sign CRLs');
  }
}

function requireSignature(crl: Crl, { publicKey }: Certificate): void {
  const algorithm = signatureAlgorithmOf(crl.signatureAlgorithmDer);
  if (algorithm?.keyKind !== publicKey.asymmetricKeyType) {
    throw new X509Error('ERR_X509_SIGNATURE_ALGORITHM', 'signature algorithm of a CRL is not accepted');
  }
  if (algorithm === undefined || !isSignatureValid(algorithm, publicKey, crl.tbsDer, crl.signature)) {
    throw new X509Error('ERR_CRL_SIGNATURE', 'signature of a CRL is not the authority’s');
  }
}
