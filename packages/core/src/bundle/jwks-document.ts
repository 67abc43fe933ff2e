import { BundleError } from '../errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Seconds } from '../time.ts';

/** A JWK Set with the two parameters that SPIFFE adds. */
export interface JwksDocument {
  readonly keys: readonly JsonObject[];
  /** 0 when absent. */
  readonly sequenceNumber: bigint;
  /** 0 when absent or negative. */
  readonly refreshHint: Seconds;
}

const MAX_SEQUENCE_NUMBER = 2n ** 64n - 1n;

/** Most keys in one document: far beyond any trust domain, and few enough to import in a moment. */
const MAX_KEYS = 1024;

/**
 * Reads a JWK Set; parameters that SPIFFE does not define are ignored.
 *
 * @param root - a parsed JSON document, untrusted.
 * @throws {BundleError} `ERR_BUNDLE_DOCUMENT`, `ERR_BUNDLE_KEYS_MISSING`, `ERR_BUNDLE_TOO_MANY_KEYS`, `ERR_BUNDLE_JWK`,
 * `ERR_BUNDLE_SEQUENCE`, `ERR_BUNDLE_REFRESH_HINT`.
 * @spec SPIFFE Trust Domain and Bundle §4; RFC 7517 §5
 */
export function readJwksDocument(root: JsonValue): JwksDocument {
  if (!isJsonObject(root)) throw new BundleError('ERR_BUNDLE_DOCUMENT', 'bundle is not a JSON object');
  return {
    keys: readKeys(root.get('keys')),
    sequenceNumber: readSequence(root.get('spiffe_sequence')),
    refreshHint: readRefreshHint(root.get('spiffe_refresh_hint')),
  };
}

function readKeys(keys: JsonValue | undefined): readonly JsonObject[] {
  if (!isJsonArray(keys)) throw new BundleError('ERR_BUNDLE_KEYS_MISSING', 'bundle has no array of keys');
  if (keys.length > MAX_KEYS) {
    throw new BundleError('ERR_BUNDLE_TOO_MANY_KEYS', `bundle has more than ${MAX_KEYS} keys`);
  }
  if (!keys.every(isJsonObject))
    throw new BundleError('ERR_BUNDLE_JWK', 'a key of the bundle is not an object');
  return keys;
}

function readSequence(value: JsonValue | undefined): bigint {
  if (value === undefined) return 0n;
  const sequence = toInteger(value);
  if (sequence !== undefined && sequence >= 0n && sequence <= MAX_SEQUENCE_NUMBER) return sequence;
  throw new BundleError('ERR_BUNDLE_SEQUENCE', 'spiffe_sequence must be an integer of 64 bits');
}

function readRefreshHint(value: JsonValue | undefined): Seconds {
  if (value === undefined) return 0;
  const hint = toInteger(value);
  if (hint === undefined) {
    throw new BundleError('ERR_BUNDLE_REFRESH_HINT', 'spiffe_refresh_hint must be an integer');
  }
  return Math.min(Math.max(Number(hint), 0), Number.MAX_SAFE_INTEGER);
}

function toInteger(value: JsonValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}
