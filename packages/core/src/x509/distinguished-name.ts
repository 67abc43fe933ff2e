import { DerError } from '../errors.ts';
import { type DerReader, readSingle } from './der/der-reader.ts';
import { contentStart, elementEnd } from './der/header.ts';
import { encodeElement, encodeObjectIdentifier, encodeSequence, encodeSetOf } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { isPrintableText } from './der/text.ts';
import { oid } from './object-identifiers.ts';

/** One attribute of a distinguished name: its type, and its value's tag and content octets. */
export interface NameAttribute {
  readonly type: string;
  readonly tag: number;
  readonly value: Uint8Array;
}

/** Attributes that this project writes into names. */
export interface NameAttributes {
  readonly country?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly commonName?: string;
  readonly serialNumber?: string;
}

// Also the order in which Go's pkix.Name, and so SPIRE, writes a name; anything else in a name is dropped there.
const WRITTEN_TYPES: readonly string[] = [
  oid.country,
  oid.organization,
  oid.organizationalUnit,
  oid.locality,
  oid.province,
  oid.streetAddress,
  oid.postalCode,
  oid.commonName,
  oid.serialNumber,
];

const encodedTypes: ReadonlyMap<string, Uint8Array> = new Map(
  WRITTEN_TYPES.map((type) => [type, encodeObjectIdentifier(type)]),
);

/**
 * The relative distinguished names of a DER Name, each a set of at least one attribute.
 *
 * @throws {DerError} `ERR_DER_*` not a Name.
 * @spec RFC 5280 §4.1.2.4
 */
export function parseName(nameDer: Uint8Array): readonly (readonly NameAttribute[])[] {
  const names = readSingle(nameDer, tag.sequence);
  const parsed: NameAttribute[][] = [];
  while (names.hasMore()) {
    const attributes = names.enter(tag.set);
    const set = [parseAttribute(attributes)];
    while (attributes.hasMore()) set.push(parseAttribute(attributes));
    parsed.push(set);
  }
  return parsed;
}

/**
 * Checks that octets are a DER Name without building anything, which pays where names are only passed on.
 *
 * @throws {DerError} `ERR_DER_*` not a Name.
 */
export function requireName(nameDer: Uint8Array): Uint8Array {
  const end = enterElement(nameDer, 0, nameDer.length, tag.sequence);
  if (end !== nameDer.length) throw notAName();
  for (let at = contentStart(nameDer, 0); at < end;) at = requireAttributeSet(nameDer, at, end);
  return nameDer;
}

/** The text of the last attribute of a type in a DER Name, if it is there and is text. */
export function nameAttributeText(nameDer: Uint8Array, type: string): string | undefined {
  const found = parseName(nameDer)
    .flat()
    .findLast((attribute) => attribute.type === type);
  return found && attributeText(found);
}

/** An attribute's text; nothing for the legacy string types, whose meaning nobody agrees on. */
export function attributeText(attribute: NameAttribute): string | undefined {
  switch (attribute.tag) {
    case tag.printableString:
    case tag.ia5String:
    case tag.utf8String:
    case tag.numericString:
      return Buffer.from(attribute.value).toString('utf8');
    default:
      return undefined;
  }
}

/** Whether a DER Name has no attribute at all. */
export function isEmptyName(nameDer: Uint8Array): boolean {
  return nameDer.length === 2;
}

/**
 * The DER Name of the given attributes, one a set, in SPIRE's order; PrintableString where the text allows, UTF8String
 * elsewhere. Attributes that are absent or empty are left out.
 */
export function distinguishedName(attributes: NameAttributes): Uint8Array {
  return encodeSequence(
    ...encodeAttributes(oid.country, attributes.country),
    ...encodeAttributes(oid.organization, attributes.organization),
    ...encodeAttributes(oid.organizationalUnit, attributes.organizationalUnit),
    ...encodeAttributes(oid.commonName, attributes.commonName),
    ...encodeAttributes(oid.serialNumber, attributes.serialNumber),
  );
}

/**
 * A DER Name with some attributes put in the place of those it had. The rest is written anew as well, in SPIRE's order;
 * attribute types that SPIRE does not write are dropped.
 *
 * @throws {DerError} `ERR_DER_*` the given name is malformed.
 */
export function withNameAttributes(
  nameDer: Uint8Array,
  replaced: Pick<NameAttributes, 'commonName' | 'organizationalUnit'>,
): Uint8Array {
  const kept = parseName(nameDer).flat();
  const textsOf = (type: string): string[] =>
    kept
      .filter((attribute) => attribute.type === type)
      .flatMap((attribute) => attributeText(attribute) ?? []);
  const replacedOrKept = (type: string): string[] => {
    if (type === oid.commonName && replaced.commonName !== undefined) return [replaced.commonName];
    if (type === oid.organizationalUnit && replaced.organizationalUnit !== undefined) {
      return [replaced.organizationalUnit];
    }
    return type === oid.commonName || type === oid.serialNumber ? textsOf(type).slice(-1) : textsOf(type);
  };
  return encodeSequence(...WRITTEN_TYPES.flatMap((type) => encodeAttributes(type, ...replacedOrKept(type))));
}

function requireAttributeSet(bytes: Uint8Array, start: number, limit: number): number {
  const end = enterElement(bytes, start, limit, tag.set);
  let at = contentStart(bytes, start);
  if (at === end) throw notAName();
  while (at < end) {
    const attributeEnd = enterElement(bytes, at, end, tag.sequence);
    const valueAt = enterElement(bytes, contentStart(bytes, at), attributeEnd, tag.oid);
    if (elementEnd(bytes, valueAt, attributeEnd) !== attributeEnd) throw notAName();
    at = attributeEnd;
  }
  return end;
}

function enterElement(bytes: Uint8Array, at: number, limit: number, expected: number): number {
  const end = elementEnd(bytes, at, limit);
  if (bytes[at] !== expected) throw notAName();
  return end;
}

function notAName(): DerError {
  return new DerError('ERR_DER_TAG', 'not a distinguished name');
}

function parseAttribute(reader: DerReader): NameAttribute {
  const attribute = reader.enter(tag.sequence);
  const type = attribute.oid();
  const valueTag = attribute.peekTag();
  if (valueTag === -1) throw new DerError('ERR_DER_TRUNCATED', 'name attribute has no value');
  const value = attribute.content(valueTag);
  attribute.requireEnd();
  return { type, tag: valueTag, value };
}

// All values of one type go into one set, as Go writes them.
function encodeAttributes(type: string, ...values: readonly (string | undefined)[]): Uint8Array[] {
  const texts = values.filter((value) => value !== undefined && value !== '');
  if (texts.length === 0) return [];
  return [encodeSetOf(...texts.map((text) => encodeSequence(encodedType(type), encodeText(text ?? ''))))];
}

function encodedType(type: string): Uint8Array {
  return encodedTypes.get(type) ?? encodeObjectIdentifier(type);
}

function encodeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return encodeElement(isPrintableText(bytes) ? tag.printableString : tag.utf8String, bytes);
}
