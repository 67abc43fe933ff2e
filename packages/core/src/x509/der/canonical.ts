import { DerError } from '../../errors.ts';
import { DerReader } from './der-reader.ts';
import { readTime } from './der-time.ts';
import { requireBitString, requireBoolean, requireInteger, requireNull, requireOid } from './primitive.ts';
import { requireText } from './text.ts';
import { tag } from './tag.ts';

const CLASS_BITS = 0xc0;
const CONSTRUCTED = 0x20;

/**
 * Checks that the whole input is one element, and that it and everything inside it is DER.
 *
 * This looks at what a parser for one structure would skip: parameters, unknown attributes, other name
 * forms. What passes can be decoded to values and encoded again to the very same octets, so that two
 * parsers cannot see two different certificates in it.
 *
 * @throws {DerError} `ERR_DER_*` by reason.
 * @spec X.690 §10, §11
 */
export function requireCanonicalDer(bytes: Uint8Array): void {
  const reader = new DerReader(bytes);
  checkNext(reader);
  reader.requireEnd();
}

function checkAll(reader: DerReader): void {
  while (!reader.atEnd) checkNext(reader);
}

function checkNext(reader: DerReader): void {
  const type = reader.peekTag();
  if (type === tag.set) checkSetOf(reader);
  else if (type === tag.sequence || isTaggedConstructed(type)) checkAll(reader.enter(type));
  else checkPrimitive(type, reader.content(type));
}

function isTaggedConstructed(type: number): boolean {
  return (type & CLASS_BITS) !== 0 && (type & CONSTRUCTED) !== 0;
}

function checkSetOf(reader: DerReader): void {
  const members = reader.enter(tag.set);
  let previous: Uint8Array | undefined;
  while (!members.atEnd) {
    const start = members.position;
    checkNext(members);
    const member = members.since(start);
    if (previous !== undefined && Buffer.compare(previous, member) > 0) {
      throw new DerError('ERR_DER_ORDER', 'the members of a set are not in DER order');
    }
    previous = member;
  }
}

function checkPrimitive(type: number, content: Uint8Array): void {
  // The content of an implicitly tagged primitive can only be judged by who knows its type.
  if ((type & CLASS_BITS) !== 0) return;
  switch (type) {
    case tag.boolean:
      requireBoolean(content);
      return;
    case tag.integer:
    case tag.enumerated:
      requireInteger(content);
      return;
    case tag.bitString:
      requireBitString(content);
      return;
    case tag.octetString:
      return;
    case tag.null:
      requireNull(content);
      return;
    case tag.oid:
      requireOid(content);
      return;
    case tag.utcTime:
    case tag.generalizedTime:
      readTime(content, type === tag.generalizedTime);
      return;
    default:
      requireText(type, content);
  }
}
