import { constants, type KeyObject } from 'node:crypto';

/** The nine signature algorithms a JWT-SVID may have. @spec JWT-SVID §2.1 */
export type JwtAlgorithm =
  'RS256' | 'RS384' | 'RS512' | 'ES256' | 'ES384' | 'ES512' | 'PS256' | 'PS384' | 'PS512';

/** How an algorithm is carried out: the hash, and what the key must be. */
export type JwtAlgorithmProfile =
  | {
      readonly name: JwtAlgorithm;
      readonly hash: string;
      readonly kind: 'ecdsa';
      readonly curve: string;
      readonly integerBytes: number;
    }
  | { readonly name: JwtAlgorithm; readonly hash: string; readonly kind: 'rsa'; readonly padding: number };

const PROFILES: ReadonlyMap<string, JwtAlgorithmProfile> = new Map(
  [
    rsa('RS256', 'sha256', constants.RSA_PKCS1_PADDING),
    rsa('RS384', 'sha384', constants.RSA_PKCS1_PADDING),
    rsa('RS512', 'sha512', constants.RSA_PKCS1_PADDING),
    rsa('PS256', 'sha256', constants.RSA_PKCS1_PSS_PADDING),
    rsa('PS384', 'sha384', constants.RSA_PKCS1_PSS_PADDING),
    rsa('PS512', 'sha512', constants.RSA_PKCS1_PSS_PADDING),
    ecdsa('ES256', 'sha256', 'prime256v1', 32),
    ecdsa('ES384', 'sha384', 'secp384r1', 48),
    ecdsa('ES512', 'sha512', 'secp521r1', 66),
  ].map((profile) => [profile.name, profile]),
);

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

/** The profile of an `alg` value, which is compared byte by byte; `undefined` for all but the nine. */
export function findJwtAlgorithm(alg: string): JwtAlgorithmProfile | undefined {
  return PROFILES.get(alg);
}

/** Whether the key is of the algorithm's type and, for ECDSA, on its curve. @spec RFC 7518 §3.3 to §3.5 */
export function fitsJwtAlgorithm(profile: JwtAlgorithmProfile, key: KeyObject): boolean {
  return profile.kind === 'rsa' ? isRsaKey(key) : isKeyOnCurve(key, profile.curve);
}

/** Whether the public key can verify JWT-SVIDs at all: RSA of 2,048 to 8,192 bits, or P-256, P-384, P-521. */
export function isJwtKey(key: KeyObject): boolean {
  return isRsaKey(key) || ['prime256v1', 'secp384r1', 'secp521r1'].some((curve) => isKeyOnCurve(key, curve));
}

function isRsaKey(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'rsa') return false;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const isSoundExponent = publicExponent >= 3n && (publicExponent & 1n) === 1n;
  return modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS && isSoundExponent;
}

function isKeyOnCurve(key: KeyObject, curve: string): boolean {
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve;
}

function rsa(name: JwtAlgorithm, hash: string, padding: number): JwtAlgorithmProfile {
  return { name, hash, kind: 'rsa', padding };
}

function ecdsa(name: JwtAlgorithm, hash: string, curve: string, integerBytes: number): JwtAlgorithmProfile {
  return { name, hash, kind: 'ecdsa', curve, integerBytes };
}
