import { X509Error } from '../errors.ts';
import { type UnixSeconds } from '../time.ts';
import { type Certificate } from './certificate.ts';
import { type ConstrainedName } from './constrained-names.ts';
import { nameConstraintsViolation } from './name-constraints-violation.ts';
import { keyUsage } from './key-usage.ts';
import { verificationCost } from './public-key.ts';
import { isSignatureValid } from './signature-algorithm.ts';

/**
 * Why a certificate cannot be part of any path at that time: its dates, or a critical extension unknown here.
 *
 * @spec RFC 5280 §6.1.3 (a) (2), §6.1.4 (o), §6.1.5 (f)
 */
export function certificateDefect(certificate: Certificate, at: UnixSeconds): X509Error | undefined {
  if (at < certificate.notBefore)
    return new X509Error('ERR_X509_NOT_YET_VALID', 'certificate is not valid yet');
  if (at >= certificate.notAfter + 1) return new X509Error('ERR_X509_EXPIRED', 'certificate has expired');
  const [unknown] = certificate.criticalUnknown;
  if (unknown === undefined) return undefined;
  return new X509Error('ERR_X509_CRITICAL_EXTENSION', `critical extension ${unknown} is not understood`);
}

/**
 * Why a certificate cannot issue others, whatever the path.
 *
 * @spec RFC 5280 §6.1.4 (k) (n)
 */
export function authorityDefect(certificate: Certificate): X509Error | undefined {
  if (!certificate.isCa) return new X509Error('ERR_X509_NOT_CA', 'issuer is not a CA');
  if (certificate.keyUsage === undefined || (certificate.keyUsage & keyUsage.keyCertSign) !== 0)
    return undefined;
  return new X509Error('ERR_X509_KEY_USAGE', 'issuer may not sign certificates');
}

/** Whether issuer and subject are the same name, as in self-signed and key rollover certificates. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.comparableIssuer === certificate.comparableSubject;
}

/** How many of the CAs in a path that begins with its leaf count against path lengths. */
export function countedAuthorities(path: readonly Certificate[]): number {
  return path.filter((certificate, index) => index > 0 && !isSelfIssued(certificate)).length;
}

/**
 * Why a path would become longer than its next issuer allows.
 *
 * @spec RFC 5280 §6.1.4 (l) (m)
 */
export function pathLengthDefect(path: readonly Certificate[], issuer: Certificate): X509Error | undefined {
  if (issuer.pathLen === undefined || countedAuthorities(path) <= issuer.pathLen) return undefined;
  return new X509Error('ERR_X509_PATH_LENGTH', 'path is longer than an issuer allows');
}

/**
 * Why a name in the path breaks its next issuer's constraints. CAs that issued themselves are exempt, the leaf never is.
 *
 * @param namesOf - the names of a certificate of the path.
 * @param spend - called with the number of comparisons about to be made; throws when there have been too many.
 * @spec RFC 5280 §6.1.3 (b) (c)
 */
export function nameConstraintsDefect(
  path: readonly Certificate[],
  { nameConstraints }: Certificate,
  namesOf: (certificate: Certificate) => readonly ConstrainedName[],
  spend: (comparisons: number) => void,
): X509Error | undefined {
  if (nameConstraints === undefined) return undefined;
  for (const [index, certificate] of path.entries()) {
    if (index > 0 && isSelfIssued(certificate)) continue;
    const names = namesOf(certificate);
    spend(names.length * (nameConstraints.permitted.length + nameConstraints.excluded.length));
    const violation = nameConstraintsViolation(names, nameConstraints);
    if (violation !== undefined) return new X509Error('ERR_X509_NAME_CONSTRAINTS', violation);
  }
  return undefined;
}

/** Why a certificate's public key cannot be relied upon. */
export function keyDefect(certificate: Certificate): X509Error | undefined {
  try {
    return certificate.publicKey.type === 'public'
      ? undefined
      : new X509Error('ERR_KEY_TYPE', 'not a public key');
  } catch (error) {
    if (error instanceof X509Error) return error;
    throw error;
  }
}

/** What verifying a signature of an issuer costs, in signatures on P-256. */
export function signatureCost({ spkiDer }: Certificate): number {
  try {
    return verificationCost(spkiDer);
  } catch (error) {
    if (error instanceof X509Error) return 1;
    throw error;
  }
}

/**
 * Why a certificate is not signed by an issuer: the signature is bad, made in a way not accepted, or not with a key of
 * the issuer's kind.
 *
 * @spec RFC 5280 §6.1.3 (a) (1)
 */
export function signatureDefect(certificate: Certificate, issuer: Certificate): X509Error | undefined {
  const algorithm = certificate.signatureAlgorithm;
  if (algorithm === undefined) {
    return new X509Error('ERR_X509_SIGNATURE_ALGORITHM', 'signature algorithm is not accepted');
  }
  const defect = keyDefect(issuer);
  if (defect !== undefined) return defect;
  if (issuer.publicKey.asymmetricKeyType !== algorithm.keyKind) {
    return new X509Error('ERR_X509_SIGNATURE_ALGORITHM', 'signature algorithm is not of the issuer’s key');
  }
  if (isSignatureValid(algorithm, issuer.publicKey, certificate.tbsDer, certificate.signature))
    return undefined;
  return new X509Error('ERR_X509_SIGNATURE', 'signature is not the issuer’s');
}
