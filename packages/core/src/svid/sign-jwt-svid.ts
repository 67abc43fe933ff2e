import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { SvidError } from '../errors.ts';
import type { SpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { UnixSeconds } from '../time.ts';
import { ecdsaDerToRaw } from './ecdsa-signature.ts';
import {
  findJwtAlgorithm,
  fitsJwtAlgorithm,
  type JwtAlgorithm,
  type JwtAlgorithmProfile,
} from './jwt-algorithm.ts';
import { MAX_JWT_AUDIENCES } from './jwt-limits.ts';

/** What a JWT-SVID says. */
export interface JwtSvidClaims {
  readonly spiffeId: SpiffeId;
  /** Empty strings are dropped; 1 to 32 must remain. */
  readonly audience: readonly string[];
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly issuer?: string;
  readonly jti?: string;
  /** The task that it is issued in. */
  readonly taskId?: string | undefined;
  /** Where its status is published. @spec draft-ietf-oauth-status-list-21 §6.2 */
  readonly status?: { readonly index: number; readonly uri: string } | undefined;
}

/** A private key and the ID its public half has in the bundle. */
export interface JwtSigningKey {
  /** EC P-256, EC P-384 or RSA of at least 2,048 bits. */
  readonly key: KeyObject;
  readonly keyId: string;
}

/** Makes tokens with one key; what does not change from token to token is prepared. */
export interface JwtSigner {
  readonly algorithm: JwtAlgorithm;
  readonly keyId: string;
  /** The signed token. @throws {SvidError} `ERR_JWT_AUDIENCE`, `ERR_JWT_EXPIRY` */
  sign(claims: JwtSvidClaims): string;
  /** The same, signed in Node's thread pool. */
  signInPool(claims: JwtSvidClaims): Promise<string>;
}

const signInPool = promisify(
  (hash: string, data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    sign(hash, data, key, done),
);

/** The algorithms tokens are made with; the key fixes which. */
const SIGNING_ALGORITHMS = ['ES256', 'ES384', 'RS256'] as const;

/**
 * A signer for many tokens of one key.
 *
 * @throws {SvidError} `ERR_JWT_SIGNER_KEY` for a key of another type, or without an ID.
 * @spec JWT-SVID §2
 */
export function prepareJwtSigner(signingKey: JwtSigningKey): JwtSigner {
  const { key, keyId } = signingKey;
  const profile = signingProfileOf(key);
  if (keyId === '') throw new SvidError('ERR_JWT_SIGNER_KEY', 'JWT key has no ID');
  const header = encodeJwtHeader(profile.name, keyId);
  const inputOf = (claims: JwtSvidClaims): string => `${header}.${encodeJwtClaims(claims)}`;
  return {
    algorithm: profile.name,
    keyId,
    sign: (claims) => {
      const input = inputOf(claims);
      return attachJwtSignature(profile.name, input, sign(profile.hash, Buffer.from(input), key));
    },
    signInPool: async (claims) => {
      const input = inputOf(claims);
      const signature = await signInPool(profile.hash, Buffer.from(input), key);
      return attachJwtSignature(profile.name, input, signature);
    },
  };
}

/**
 * One signed JWT-SVID; for many of one key use {@link prepareJwtSigner}.
 *
 * @throws {SvidError} `ERR_JWT_SIGNER_KEY`, `ERR_JWT_AUDIENCE`, `ERR_JWT_EXPIRY`.
 */
export function signJwtSvid(request: JwtSigningKey & JwtSvidClaims): string {
  return prepareJwtSigner(request).sign(request);
}

/** The first part of a token: `alg`, `kid`, `typ` and nothing else. @spec JWT-SVID §2 */
export function encodeJwtHeader(algorithm: JwtAlgorithm, keyId: string): string {
  return encodeJson({ alg: algorithm, kid: keyId, typ: 'JWT' });
}

/**
 * The second part of a token; `aud` is always an array.
 *
 * @throws {SvidError} `ERR_JWT_AUDIENCE`, `ERR_JWT_EXPIRY`.
 * @spec JWT-SVID §3
 */
export function encodeJwtClaims(claims: JwtSvidClaims): string {
  const { spiffeId, issuedAt, expiresAt, issuer, jti, status, taskId } = claims;
  if (!Number.isSafeInteger(issuedAt) || !Number.isSafeInteger(expiresAt) || expiresAt <= issuedAt) {
    throw new SvidError('ERR_JWT_EXPIRY', 'invalid JWT-SVID expiry: must be after the time of issue');
  }
  const aud = usableAudience(claims.audience);
  return encodeJson({
    aud,
    exp: expiresAt,
    iat: issuedAt,
    iss: issuer,
    jti,
    status: status && { status_list: { idx: status.index, uri: status.uri } },
    sub: spiffeId.uri,
    task: taskId,
  });
}

/** The token, from its first two parts and the signature over them as node:crypto and key managers make it (EC: DER). */
export function attachJwtSignature(algorithm: JwtAlgorithm, input: string, signature: Uint8Array): string {
  const profile = findJwtAlgorithm(algorithm);
  const bytes =
    profile?.kind === 'ecdsa' ? ecdsaDerToRaw(signature, profile.integerBytes) : Buffer.from(signature);
  return `${input}.${bytes.toString('base64url')}`;
}

/** The algorithm tokens get under this key. @throws {SvidError} `ERR_JWT_SIGNER_KEY` */
export function jwtSigningAlgorithmOf(key: KeyObject): JwtAlgorithm {
  return signingProfileOf(key).name;
}

function signingProfileOf(key: KeyObject): JwtAlgorithmProfile {
  for (const name of SIGNING_ALGORITHMS) {
    const profile = findJwtAlgorithm(name);
    if (profile !== undefined && fitsJwtAlgorithm(profile, key)) return profile;
  }
  throw new SvidError(
    'ERR_JWT_SIGNER_KEY',
    'JWT key must be EC P-256, EC P-384 or RSA of at least 2048 bits',
  );
}

function usableAudience(audience: readonly string[]): readonly string[] {
  const usable = audience.filter((value) => value !== '');
  if (usable.length === 0) {
    throw new SvidError('ERR_JWT_AUDIENCE', 'invalid JWT-SVID audience: cannot be empty');
  }
  if (usable.length > MAX_JWT_AUDIENCES) {
    throw new SvidError(
      'ERR_JWT_AUDIENCE',
      `invalid JWT-SVID audience: more than ${MAX_JWT_AUDIENCES} values`,
    );
  }
  return usable;
}

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
