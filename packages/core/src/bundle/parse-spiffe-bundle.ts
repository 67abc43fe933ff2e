import { decodeBase64 } from '../encoding/base64.ts';
import { BundleError, SignetError } from '../errors.ts';
import { isJsonArray, type JsonObject } from '../json/json-value.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { isJwtKey } from '../svid/jwt-algorithm.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Bundle, BundleJwtAuthority } from './bundle.ts';
import { hasKnownKeyType, publicKeyOfJwk } from './jwk.ts';
import { readJwksDocument } from './jwks-document.ts';

/** A bundle read from a document, and what of the document was passed over. */
export interface SpiffeBundleReading {
  readonly bundle: Bundle;
  /** One line per oddity, for a log; holds no key material. */
  readonly warnings: readonly string[];
}

/**
 * A bundle from its SPIFFE document: lenient about keys it cannot use, strict about the document.
 *
 * @param json - untrusted, at most 1 MiB.
 * @throws {JsonError | BundleError} as {@link readSpiffeBundle}.
 */
export function parseSpiffeBundle(trustDomain: TrustDomain, json: string | Uint8Array): Bundle {
  return readSpiffeBundle(trustDomain, json).bundle;
}

/**
 * As {@link parseSpiffeBundle}, telling also which keys were left out and why.
 *
 * @throws {JsonError} `ERR_JSON_*`.
 * @throws {BundleError} `ERR_BUNDLE_DOCUMENT`, `ERR_BUNDLE_KEYS_MISSING`, `ERR_BUNDLE_JWK`, `ERR_BUNDLE_SEQUENCE`,
 * `ERR_BUNDLE_REFRESH_HINT`, `ERR_BUNDLE_DUPLICATE_KEY_ID`.
 * @spec SPIFFE Trust Domain and Bundle §4; X509-SVID §6; JWT-SVID §6
 */
export function readSpiffeBundle(trustDomain: TrustDomain, json: string | Uint8Array): SpiffeBundleReading {
  const { keys, sequenceNumber, refreshHint } = readJwksDocument(json);
  const collected: Collected = { x509: new Map(), jwt: new Map(), warnings: [] };
  keys.forEach((jwk, index) => collectKey(jwk, index, collected));
  const bundle: Bundle = {
    trustDomain,
    x509Authorities: Array.from(collected.x509.values(), (der) => ({ der, tainted: false })),
    jwtAuthorities: [...collected.jwt.values()],
    refreshHint,
    sequenceNumber,
  };
  return { bundle, warnings: collected.warnings };
}

interface Collected {
  readonly x509: Map<string, Uint8Array>;
  readonly jwt: Map<string, BundleJwtAuthority>;
  readonly warnings: string[];
}

function collectKey(jwk: JsonObject, index: number, into: Collected): void {
  const warn = (reason: string): void => void into.warnings.push(`key ${index}: ${reason}`);
  if (!hasKnownKeyType(jwk)) return warn('unknown or missing kty, skipped');
  switch (jwk.get('use')) {
    case 'x509-svid':
      return collectX509Authority(jwk, into, warn);
    case 'jwt-svid':
      return collectJwtAuthority(jwk, into, warn);
    default:
      return warn('unknown or missing use, skipped');
  }
}

type Warn = (reason: string) => void;

function collectX509Authority(jwk: JsonObject, into: Collected, warn: Warn): void {
  const x5c = jwk.get('x5c');
  if (!isJsonArray(x5c) || x5c.length === 0) return warn('no x5c, skipped');
  if (x5c.length > 1) warn('more than one certificate in x5c, only the first is used');
  const der = typeof x5c[0] === 'string' ? decodeBase64(x5c[0]) : undefined;
  const problem = der === undefined ? 'x5c is not base64' : certificateProblem(der);
  if (der === undefined || problem !== undefined) return warn(`${problem ?? ''}, skipped`);
  into.x509.set(der.toString('base64'), Uint8Array.from(der));
}

function certificateProblem(der: Uint8Array): string | undefined {
  try {
    parseCertificate(der);
    return undefined;
  } catch (error) {
    return error instanceof SignetError ? `x5c: ${error.message}` : 'x5c is no certificate';
  }
}

function collectJwtAuthority(jwk: JsonObject, into: Collected, warn: Warn): void {
  const keyId = jwk.get('kid');
  if (typeof keyId !== 'string' || keyId === '') return warn('no kid, skipped');
  if (into.jwt.has(keyId)) {
    throw new BundleError(
      'ERR_BUNDLE_DUPLICATE_KEY_ID',
      'two JWT authorities of the bundle have the same key ID',
    );
  }
  const key = publicKeyOfJwk(jwk);
  if (key === undefined || !isJwtKey(key)) return warn('no usable public key, skipped');
  const spkiDer = Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  into.jwt.set(keyId, { keyId, spkiDer, expiresAt: 0, tainted: false });
}
