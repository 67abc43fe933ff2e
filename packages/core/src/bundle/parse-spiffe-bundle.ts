import { decodeBase64 } from '../encoding/base64.ts';
import { BundleError, SignetError } from '../errors.ts';
import { isJsonArray, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { isJwtKey } from '../svid/jwt-algorithm.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { importCertifiedKey } from '../x509/public-key.ts';
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
 * @throws {BundleError} `ERR_BUNDLE_DOCUMENT`, `ERR_BUNDLE_KEYS_MISSING`, `ERR_BUNDLE_TOO_MANY_KEYS`, `ERR_BUNDLE_JWK`,
 * `ERR_BUNDLE_SEQUENCE`, `ERR_BUNDLE_REFRESH_HINT`, `ERR_BUNDLE_DUPLICATE_KEY_ID`.
 * @spec SPIFFE Trust Domain and Bundle §4; X509-SVID §6; JWT-SVID §6
 */
export function readSpiffeBundle(trustDomain: TrustDomain, json: string | Uint8Array): SpiffeBundleReading {
  return readSpiffeBundleDocument(trustDomain, parseJson(json));
}

/** As {@link readSpiffeBundle}, of a document that is parsed already. */
export function readSpiffeBundleDocument(trustDomain: TrustDomain, document: JsonValue): SpiffeBundleReading {
  const { keys, sequenceNumber, refreshHint } = readJwksDocument(document);
  const collected: Collected = { x509: new Map(), jwt: new Map() };
  const warnings = keys.map((jwk, index) => {
    const warning = collectKey(jwk, collected);
    return warning && `key ${index}: ${warning}`;
  });
  const bundle: Bundle = {
    trustDomain,
    x509Authorities: Array.from(collected.x509.values(), (der) => ({ der, tainted: false })),
    jwtAuthorities: [...collected.jwt.values()],
    refreshHint,
    sequenceNumber,
  };
  return { bundle, warnings: warnings.filter((warning) => warning !== undefined) };
}

interface Collected {
  /** By their bytes in base64, so that each counts once. */
  readonly x509: Map<string, Uint8Array>;
  readonly jwt: Map<string, BundleJwtAuthority>;
}

/** Takes what it can from the key; answers with what was odd about it. */
function collectKey(jwk: JsonObject, into: Collected): string | undefined {
  if (!hasKnownKeyType(jwk)) return 'unknown or missing kty, skipped';
  const use = jwk.get('use');
  if (use === 'x509-svid') return collectX509Authority(jwk, into);
  if (use === 'jwt-svid') return collectJwtAuthority(jwk, into);
  return 'unknown or missing use, skipped';
}

function collectX509Authority(jwk: JsonObject, into: Collected): string | undefined {
  const x5c = jwk.get('x5c');
  if (!isJsonArray(x5c) || x5c.length === 0) return 'no x5c, skipped';
  const [first] = x5c;
  const der = typeof first === 'string' ? decodeBase64(first) : undefined;
  if (der === undefined) return 'x5c is not base64, skipped';
  const problem = certificateProblem(der);
  if (problem !== undefined) return `x5c: ${problem}, skipped`;
  into.x509.set(der.toString('base64'), Uint8Array.from(der));
  return x5c.length > 1 ? 'more than one certificate in x5c, only the first is used' : undefined;
}

/** An authority whose key cannot be used verifies nothing, and has no JWK in a document that is written. */
function certificateProblem(der: Uint8Array): string | undefined {
  try {
    importCertifiedKey(parseCertificate(der).spkiDer);
    return undefined;
  } catch (error) {
    if (error instanceof SignetError) return error.message;
    throw error;
  }
}

function collectJwtAuthority(jwk: JsonObject, into: Collected): string | undefined {
  const keyId = jwk.get('kid');
  if (typeof keyId !== 'string' || keyId === '') return 'no kid, skipped';
  if (into.jwt.has(keyId)) {
    throw new BundleError(
      'ERR_BUNDLE_DUPLICATE_KEY_ID',
      'two JWT authorities of the bundle have the same key ID',
    );
  }
  const key = publicKeyOfJwk(jwk);
  if (key === undefined || !isJwtKey(key)) return 'no usable public key, skipped';
  const spkiDer = Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  into.jwt.set(keyId, { keyId, spkiDer, expiresAt: 0, tainted: false });
  return undefined;
}
