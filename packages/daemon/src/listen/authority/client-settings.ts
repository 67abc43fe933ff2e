/** What a connection begins with: whether it may go straight to the HTTP/2 library. */
export type ClientKind = 'plain' | 'unknown';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const FIRST_SETTING_AT = PREFACE.length + 9;
const SETTING_BYTES = 6;
const SETTINGS = 4;
const ENABLE_PUSH = 2;
const MAX_CONCURRENT_STREAMS = 3;
const MAX_FRAME_SIZE = 5;
const GRPC_TRUE_BINARY_METADATA = 0xfe03;

/** Preface and first settings of any client we know are shorter. */
export const LONGEST_SETTINGS_BYTES = 256;

function namedSettings(bytes: Uint8Array, end: number): ReadonlySet<number> {
  const named = new Set<number>();
  for (let at = FIRST_SETTING_AT; at < end; at += SETTING_BYTES)
    named.add(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return named;
}

/**
 * What those clients name that call a server on a Unix socket `localhost`, or by its path without slashes: go-grpc and
 * grpc-js say nothing of pushes, gRPC's C core names a setting of its own, and hyper (tonic) a frame size but no streams.
 */
function isKnown(named: ReadonlySet<number>): boolean {
  if (named.has(GRPC_TRUE_BINARY_METADATA)) return true;
  if (named.has(MAX_CONCURRENT_STREAMS)) return false;
  return !named.has(ENABLE_PUSH) || named.has(MAX_FRAME_SIZE);
}

/**
 * Tells by its first settings which HTTP/2 client speaks.
 *
 * @returns `plain` for those that are known to need no rewriting of `:authority`, and for what is not HTTP/2 at all;
 *   undefined when the first settings have not come as a whole.
 * @spec RFC 9113 §3.4, §6.5
 */
export function clientKind(bytes: Uint8Array): ClientKind | undefined {
  const preface = bytes.subarray(0, PREFACE.length);
  if (!PREFACE.subarray(0, preface.length).equals(preface)) return 'plain';
  if (bytes.length < FIRST_SETTING_AT) return undefined;
  const [high = 0, middle = 0, low = 0, type] = bytes.subarray(PREFACE.length, FIRST_SETTING_AT);
  if (type !== SETTINGS) return 'plain';
  const end = FIRST_SETTING_AT + ((high << 16) | (middle << 8) | low);
  if (end > LONGEST_SETTINGS_BYTES) return 'unknown';
  if (end > bytes.length) return undefined;
  return isKnown(namedSettings(bytes, end)) ? 'plain' : 'unknown';
}
