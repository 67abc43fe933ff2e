import { constants, verify, type KeyObject } from 'node:crypto';
import type { JwtBundleSource } from '../bundle/jwt-bundle.ts';
import { SvidError } from '../errors.ts';
import type { UnixSeconds } from '../time.ts';
import { ecdsaRawToDer } from './ecdsa-signature.ts';
import { fitsJwtAlgorithm, type JwtAlgorithmProfile } from './jwt-algorithm.ts';
import { MAX_JWT_LEEWAY_SECONDS } from './jwt-limits.ts';
import { splitJwtSvid, type JwtParts, type JwtSvid } from './jwt-svid.ts';
import type { VerifiedTokens } from './verified-tokens.ts';

/** What a JWT-SVID is verified against. */
export interface VerifyJwtSvidOptions {
  readonly bundles: JwtBundleSource;
  /** Who the verifier is; one of them must be in the token. At least one, none empty. */
  readonly audience: readonly string[];
  /** The time of verification. */
  readonly at: UnixSeconds;
  /** Forgiven difference of clocks for `exp` and `nbf`, 0 to 60; default 60. */
  readonly leewaySeconds?: number;
  /** Tokens that were verified before, for a verifier that sees the same ones again; all but the signature is checked anew. */
  readonly verified?: VerifiedTokens;
}

/**
 * Verifies a JWT-SVID with the bundle of its own subject's trust domain.
 *
 * @param token - untrusted; compact form, at most 16 KiB.
 * @throws {SvidError} `ERR_JWT_EXPECTED_AUDIENCE` no audience to compare with; `ERR_JWT_EXPIRED`, `ERR_JWT_NOT_YET_VALID`,
 * `ERR_JWT_ISSUED_IN_FUTURE`; `ERR_JWT_AUDIENCE_MISMATCH`; `ERR_JWT_NO_BUNDLE`, `ERR_JWT_NO_AUTHORITY` nobody who could have
 * signed it is trusted; `ERR_JWT_KEY_MISMATCH` the key is not of the algorithm's kind; `ERR_JWT_SIGNATURE`; and the codes of
 * a token that breaks the profile.
 * @spec JWT-SVID §2 to §5
 */
export function verifyJwtSvid(token: string, options: VerifyJwtSvidOptions): JwtSvid {
  requireExpectedAudience(options.audience);
  const known = options.verified?.find(token);
  const parts = known === undefined ? splitJwtSvid(token) : undefined;
  const svid = known?.svid ?? (parts as JwtParts).svid;
  checkTimes(svid, options.at, leewayOf(options));
  checkAudience(svid.audience, options.audience);
  const key = findAuthority(svid, options.bundles);
  // Another key under the same ID has not verified it yet.
  if (known?.key === key) return svid;
  checkSignature(parts ?? splitJwtSvid(token), key);
  options.verified?.keep(svid, key);
  return svid;
}

function requireExpectedAudience(expected: readonly string[]): void {
  if (expected.length > 0 && !expected.includes('')) return;
  throw new SvidError('ERR_JWT_EXPECTED_AUDIENCE', 'an audience to expect is required');
}

function leewayOf({ leewaySeconds = MAX_JWT_LEEWAY_SECONDS }: VerifyJwtSvidOptions): number {
  if (leewaySeconds >= 0 && leewaySeconds <= MAX_JWT_LEEWAY_SECONDS) return leewaySeconds;
  throw new TypeError(`leewaySeconds must be 0 to ${MAX_JWT_LEEWAY_SECONDS}`);
}

function checkTimes(svid: JwtSvid, at: UnixSeconds, leeway: number): void {
  const { expiresAt, notBefore = -Infinity, issuedAt = -Infinity } = svid;
  if (!(at - leeway < expiresAt)) throw new SvidError('ERR_JWT_EXPIRED', 'token has expired');
  if (!(at + leeway >= notBefore)) throw new SvidError('ERR_JWT_NOT_YET_VALID', 'token is not valid yet');
  if (!(at + MAX_JWT_LEEWAY_SECONDS >= issuedAt)) {
    throw new SvidError('ERR_JWT_ISSUED_IN_FUTURE', 'token was issued in the future');
  }
}

function checkAudience(audience: readonly string[], expected: readonly string[]): void {
  if (expected.some((value) => audience.includes(value))) return;
  throw new SvidError('ERR_JWT_AUDIENCE_MISMATCH', 'token is meant for another audience');
}

function findAuthority(svid: JwtSvid, bundles: JwtBundleSource): KeyObject {
  const { trustDomain } = svid.id;
  const bundle = bundles.jwtBundle(trustDomain);
  // A source that answers with another trust domain's bundle must not make its keys speak for this one.
  if (bundle === undefined || !bundle.trustDomain.equals(trustDomain)) {
    throw new SvidError('ERR_JWT_NO_BUNDLE', `no JWT bundle found for trust domain "${trustDomain.name}"`);
  }
  const authority = bundle.authorities.get(svid.keyId);
  if (authority === undefined) {
    throw new SvidError(
      'ERR_JWT_NO_AUTHORITY',
      `no JWT authority of trust domain "${trustDomain.name}" has the token's key ID`,
    );
  }
  return authority.publicKey;
}

function checkSignature(parts: JwtParts, key: KeyObject): void {
  const { algorithm } = parts.header;
  if (!fitsJwtAlgorithm(algorithm, key)) {
    throw new SvidError('ERR_JWT_KEY_MISMATCH', 'token signature algorithm does not fit the authority');
  }
  if (!isSignedBy(algorithm, parts, key))
    throw new SvidError('ERR_JWT_SIGNATURE', 'token signature is invalid');
}

function isSignedBy(algorithm: JwtAlgorithmProfile, parts: JwtParts, key: KeyObject): boolean {
  const data = Buffer.from(parts.signingInput);
  if (algorithm.kind === 'rsa') {
    const { padding, hash } = algorithm;
    return verify(
      hash,
      data,
      { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
      parts.signature,
    );
  }
  // JWS fixes the length: shorter, longer or DER forms of a good signature are not that signature.
  if (parts.signature.length !== algorithm.integerBytes * 2) return false;
  return verify(algorithm.hash, data, key, ecdsaRawToDer(parts.signature));
}
