import { SpiffeIdError, type ErrorCode } from '../errors.ts';
import { isSegmentByte } from './alphabet.ts';

const SLASH = 0x2f;
const DOT = 0x2e;

/**
 * Checks that `text[start, end)` is the path of a SPIFFE ID: nothing, or `/segment` one or more times.
 *
 * @throws {SpiffeIdError} `ERR_SPIFFE_ID_PATH_*`, or the code of the URI part the byte would start.
 * @spec SPIFFE-ID §2.2
 */
export function scanPath(text: string, start: number, end: number): void {
  if (start === end) return;
  if (text.charCodeAt(start) !== SLASH) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_LEADING_SLASH', 'path must have a leading slash');
  }
  let segmentStart = start + 1;
  for (let i = segmentStart; i < end; i++) {
    const byte = text.charCodeAt(i);
    if (byte === SLASH) {
      checkSegment(text, segmentStart, i);
      segmentStart = i + 1;
    } else if (!isSegmentByte(byte)) {
      throw pathByteError(byte);
    }
  }
  if (segmentStart === end) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_TRAILING_SLASH', 'path cannot have a trailing slash');
  }
  checkSegment(text, segmentStart, end);
}

function checkSegment(text: string, start: number, end: number): void {
  const length = end - start;
  if (length === 0) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_EMPTY_SEGMENT', 'path cannot contain empty segments');
  }
  if (length <= 2 && text.charCodeAt(start) === DOT && text.charCodeAt(end - 1) === DOT) {
    throw new SpiffeIdError('ERR_SPIFFE_ID_PATH_DOT_SEGMENT', 'path cannot contain dot segments');
  }
}

const FORBIDDEN: ReadonlyMap<string, readonly [ErrorCode, string]> = new Map([
  ['?', ['ERR_SPIFFE_ID_QUERY', 'SPIFFE ID cannot have a query']],
  ['#', ['ERR_SPIFFE_ID_FRAGMENT', 'SPIFFE ID cannot have a fragment']],
  ['%', ['ERR_SPIFFE_ID_PERCENT_ENCODED', 'path cannot be percent-encoded']],
]);

function pathByteError(byte: number): SpiffeIdError {
  const known = FORBIDDEN.get(String.fromCharCode(byte));
  if (known !== undefined) return new SpiffeIdError(known[0], known[1]);
  return new SpiffeIdError(
    'ERR_SPIFFE_ID_PATH_CHARACTER',
    'path segment characters are limited to letters, digits, dots, dashes and underscores',
  );
}
