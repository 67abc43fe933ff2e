import { JsonError } from '../errors.ts';
import { JsonReader } from './json-reader.ts';
import type { JsonValue } from './json-value.ts';

/** 1 MiB. */
const DEFAULT_MAX_BYTES = 1 << 20;
const DEFAULT_MAX_DEPTH = 32;

/** Bounds of {@link parseJson}. */
export interface ParseJsonOptions {
  /** Longest text in bytes (of a string: UTF-16 units); default 1 MiB. */
  readonly maxBytes?: number;
  /** Deepest nesting of arrays and objects; default 32. */
  readonly maxDepth?: number;
}

/**
 * Parses JSON that must mean the same to everyone who reads it.
 *
 * Stricter than `JSON.parse`: a member name given twice, a number beyond a double and invalid UTF-8 are refused.
 * Integers beyond 2^53 come back as bigint.
 *
 * @param input - untrusted text, or its bytes in UTF-8 without a byte order mark.
 * @throws {JsonError} `ERR_JSON_TOO_LARGE`, `ERR_JSON_TOO_DEEP`, `ERR_JSON_DUPLICATE_MEMBER`, `ERR_JSON_MALFORMED`.
 * @spec RFC 8259; RFC 7493 §2.3
 */
export function parseJson(input: string | Uint8Array, options: ParseJsonOptions = {}): JsonValue {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  if (input.length > maxBytes)
    throw new JsonError('ERR_JSON_TOO_LARGE', `JSON is longer than ${maxBytes} bytes`);
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  return new JsonReader(text, options.maxDepth ?? DEFAULT_MAX_DEPTH).readDocument();
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new JsonError('ERR_JSON_MALFORMED', 'JSON is not valid UTF-8', { cause });
  }
}
