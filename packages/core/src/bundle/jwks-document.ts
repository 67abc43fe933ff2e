import { BundleError } from '../errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
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

/**
 * Reads a JWK Set; parameters that SPIFFE does not define are ignored.
 *
 * @param json - untrusted, at most 1 MiB.
 * @throws {JsonError} `ERR_JSON_*`, a repeated member included.
 * @throws {BundleError} `ERR_BUNDLE_DOCUMENT`, `ERR_BUNDLE_KEYS_MISSING`, `ERR_BUNDLE_JWK`, `ERR_BUNDLE_SEQUENCE`,
 * `ERR_BUNDLE_REFRESH_HINT`.
 * @spec SPIFFE Trust Domain and Bundle §4; RFC 7517 §5
 */
export function readJwksDocument(json: string | Uint8Array): JwksDocument {
  const root = parseJson(json);
  if (!isJsonObject(root)) throw new BundleError('ERR_BUNDLE_DOCUMENT', 'bundle is not a JSON object');
  const keys = root.get('keys');
  if (!isJsonArray(keys)) throw new BundleError('ERR_BUNDLE_KEYS_MISSING', 'bundle has no array of keys');
  if (!keys.every(isJsonObject))
    throw new BundleError('ERR_BUNDLE_JWK', 'a key of the bundle is not an object');
  return {
    keys,
    sequenceNumber: readSequence(root.get('spiffe_sequence')),
    refreshHint: readRefreshHint(root.get('spiffe_refresh_hint')),
  };
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
