import { SvidError } from '../errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import { findJwtAlgorithm, type JwtAlgorithmProfile } from './jwt-algorithm.ts';

/** What the protected header of a JWT-SVID says. */
export interface JwtHeader {
  readonly algorithm: JwtAlgorithmProfile;
  readonly keyId: string;
}

const ALLOWED_TYPES: readonly unknown[] = [undefined, 'JWT', 'JOSE'];

/**
 * Reads the header; the algorithm is judged before anything else. Headers that carry or point to keys are ignored.
 *
 * @throws {SvidError} `ERR_JWT_ALGORITHM`, `ERR_JWT_CRITICAL`, `ERR_JWT_TYPE`, `ERR_JWT_KEY_ID`.
 * @spec JWT-SVID §2; RFC 7515 §4.1.11; RFC 7797 §3
 */
export function readJwtHeader(header: JsonObject): JwtHeader {
  const algorithm = readAlgorithm(header);
  if (header.has('crit') || header.has('b64')) {
    throw new SvidError('ERR_JWT_CRITICAL', 'token header has critical extensions, which are not supported');
  }
  if (!ALLOWED_TYPES.includes(header.get('typ'))) {
    throw new SvidError('ERR_JWT_TYPE', 'token header "typ" must be JWT or JOSE');
  }
  const keyId = header.get('kid');
  if (typeof keyId !== 'string' || keyId === '') {
    throw new SvidError('ERR_JWT_KEY_ID', 'token header has no key ID');
  }
  return { algorithm, keyId };
}

function readAlgorithm(header: JsonObject): JwtAlgorithmProfile {
  const name = header.get('alg');
  const algorithm = typeof name === 'string' ? findJwtAlgorithm(name) : undefined;
  if (algorithm === undefined)
    throw new SvidError('ERR_JWT_ALGORITHM', 'token signature algorithm is not allowed');
  return algorithm;
}
