import { BundleError } from '../errors.ts';
import type { JsonObject } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { isJwtKey } from '../svid/jwt-algorithm.ts';
import { publicKeyOfJwk } from './jwk.ts';
import { readJwksDocument } from './jwks-document.ts';
import { type JwtAuthority, JwtBundle } from './jwt-bundle.ts';

/**
 * A JWT bundle from the JWK Set that the Workload API sends for one trust domain.
 *
 * That set holds JWT authorities only, so a missing `use` is fine here, unlike in a SPIFFE bundle document; keys of
 * any other use, without a `kid`, or of a kind that cannot be used are skipped.
 *
 * @param json - untrusted, at most 1 MiB.
 * @throws {JsonError} `ERR_JSON_*`.
 * @throws {BundleError} as for a document, and `ERR_BUNDLE_DUPLICATE_KEY_ID`.
 * @spec SPIFFE Workload API §6.2.3; RFC 7517 §5
 */
export function parseJwtBundleJwks(trustDomain: TrustDomain, json: string | Uint8Array): JwtBundle {
  const authorities = readJwksDocument(parseJson(json))
    .keys.map(readAuthority)
    .filter((a) => a !== undefined);
  if (new Set(authorities.map((authority) => authority.keyId)).size < authorities.length) {
    throw new BundleError(
      'ERR_BUNDLE_DUPLICATE_KEY_ID',
      'two JWT authorities of the bundle have the same key ID',
    );
  }
  return new JwtBundle(trustDomain, authorities);
}

function readAuthority(jwk: JsonObject): JwtAuthority | undefined {
  const use = jwk.get('use');
  const keyId = jwk.get('kid');
  if (use !== undefined && use !== 'jwt-svid') return undefined;
  if (typeof keyId !== 'string' || keyId === '') return undefined;
  const publicKey = publicKeyOfJwk(jwk);
  return publicKey !== undefined && isJwtKey(publicKey) ? { keyId, publicKey } : undefined;
}
