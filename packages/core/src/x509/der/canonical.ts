import { DerError } from '../../errors.ts';
import { readTime } from './der-time.ts';
import { contentStart, elementEnd } from './header.ts';
import { requireBitString, requireBoolean, requireInteger, requireNull, requireOid } from './primitive.ts';
import { requireText } from './text.ts';
import { tag } from './tag.ts';

/** Elements inside elements; X.509 needs about a dozen. */
export const MAX_DER_DEPTH = 24;
const CLASS_BITS = 0xc0;
const CONSTRUCTED = 0x20;

/**
 * Checks that the whole input is one element, and that it and everything inside it is DER.
 *
 * This looks at what a parser for one structure would skip: parameters, unknown attributes, other name forms. What
 * passes can be decoded to values and encoded again to the very same octets, so that two parsers cannot see two
 * different certificates in it.
 *
 * @throws {DerError} `ERR_DER_*` by reason.
 * @spec X.690 §10, §11
 */
export function requireCanonicalDer(bytes: Uint8Array): void {
  if (checkElement(bytes, 0, bytes.length, 0) === bytes.length) return;
  throw new DerError('ERR_DER_TRAILING', 'unexpected data after the last element');
}

/** Checks the element at a position and returns where it ends. */
function checkElement(bytes: Uint8Array, at: number, limit: number, depth: number): number {
  if (depth > MAX_DER_DEPTH) throw new DerError('ERR_DER_TOO_DEEP', 'elements are nested too deeply');
  const end = elementEnd(bytes, at, limit);
  const start = contentStart(bytes, at);
  const type = bytes[at] as number;
  if (type === tag.sequence || isTaggedConstructed(type)) checkMembers(bytes, start, end, depth + 1);
  else if (type === tag.set) checkSetOf(bytes, start, end, depth + 1);
  else if ((type & CLASS_BITS) === 0) checkPrimitive(type, bytes, start, end);
  // The content of an implicitly tagged primitive can only be judged by who knows its type.
  return end;
}

function isTaggedConstructed(type: number): boolean {
  return (type & CLASS_BITS) !== 0 && (type & CONSTRUCTED) !== 0;
}

function checkMembers(bytes: Uint8Array, start: number, end: number, depth: number): void {
  for (let at = start; at < end;) at = checkElement(bytes, at, end, depth);
}

function checkSetOf(bytes: Uint8Array, start: number, end: number, depth: number): void {
  let previous: Uint8Array | undefined;
  for (let at = start; at < end;) {
    const next = checkElement(bytes, at, end, depth);
    const member = bytes.subarray(at, next);
    if (previous !== undefined && Buffer.compare(previous, member) > 0) {
      throw new DerError('ERR_DER_ORDER', 'the members of a set are not in DER order');
    }
    previous = member;
    at = next;
  }
}

function checkPrimitive(type: number, bytes: Uint8Array, start: number, end: number): void {
  switch (type) {
    case tag.boolean:
      requireBoolean(bytes, start, end);
      return;
    case tag.integer:
    case tag.enumerated:
      requireInteger(bytes, start, end);
      return;
    case tag.bitString:
      requireBitString(bytes, start, end);
      return;
    case tag.octetString:
      return;
    case tag.null:
      requireNull(start, end);
      return;
    case tag.oid:
      requireOid(bytes, start, end);
      return;
    case tag.utcTime:
    case tag.generalizedTime:
      readTime(bytes.subarray(start, end), type === tag.generalizedTime);
      return;
    default:
      requireText(type, bytes, start, end);
  }
}
