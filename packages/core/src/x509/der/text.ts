import { isUtf8 } from 'node:buffer';
import { DerError } from '../../errors.ts';
import { tag } from './tag.ts';

const PRINTABLE: ReadonlySet<number> = new Set(
  Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?"),
);
const SPACE = 0x20;
const DELETE = 0x7f;

const charsets: ReadonlyMap<number, (content: Uint8Array) => boolean> = new Map([
  [tag.utf8String, (content: Uint8Array) => isUtf8(content)],
  [tag.printableString, isPrintable],
  [tag.ia5String, (content: Uint8Array) => content.every((byte) => byte < 0x80)],
  [tag.visibleString, (content: Uint8Array) => content.every((byte) => byte >= SPACE && byte < DELETE)],
  [tag.numericString, (content: Uint8Array) => content.every((byte) => byte === SPACE || isDigit(byte))],
  [tag.teletexString, () => true],
  [tag.bmpString, (content: Uint8Array) => content.length % 2 === 0],
  [tag.universalString, (content: Uint8Array) => content.length % 4 === 0],
]);

/** Whether every octet is in PrintableString's alphabet, which has neither `*`, `@`, `_` nor `&`. */
export function isPrintable(content: Uint8Array): boolean {
  return content.every((byte) => PRINTABLE.has(byte));
}

/**
 * Checks that a string element's content is in the alphabet of its type.
 *
 * @throws {DerError} `ERR_DER_VALUE` it is not; `ERR_DER_TAG` the type is none that X.509 uses.
 */
export function requireText(type: number, content: Uint8Array): void {
  const accepts = charsets.get(type);
  if (accepts === undefined) throw new DerError('ERR_DER_TAG', 'an element of a type not used in X.509');
  if (!accepts(content)) throw new DerError('ERR_DER_VALUE', 'string holds characters outside its type');
}

/**
 * The ASCII text of content that must have no controls, spaces or octets above 126, as names in URIs, DNS and
 * mail are written.
 *
 * @throws {DerError} `ERR_DER_VALUE` empty or another octet.
 */
export function requireGraphicAscii(content: Uint8Array): string {
  if (content.length === 0) throw new DerError('ERR_DER_VALUE', 'name is empty');
  for (const byte of content) {
    if (byte <= SPACE || byte >= DELETE)
      throw new DerError('ERR_DER_VALUE', 'name holds a forbidden character');
  }
  return Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
