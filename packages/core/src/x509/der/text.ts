import { isUtf8 } from 'node:buffer';
import { DerError } from '../../errors.ts';
import { tag } from './tag.ts';

const SPACE = 0x20;
const DELETE = 0x7f;
const PRINTABLE = Uint8Array.from({ length: 256 }, (_, octet) =>
  /[A-Za-z0-9 '()+,\-./:=?]/.test(String.fromCharCode(octet)) ? 1 : 0,
);

type Alphabet = (octet: number) => boolean;

const alphabets: ReadonlyMap<number, Alphabet> = new Map<number, Alphabet>([
  [tag.printableString, isPrintable],
  [tag.ia5String, isAscii],
  [tag.visibleString, (octet) => octet >= SPACE && octet < DELETE],
  [tag.numericString, (octet) => octet === SPACE || (octet >= 0x30 && octet <= 0x39)],
  [tag.teletexString, () => true],
]);

const characterOctets: ReadonlyMap<number, number> = new Map([
  [tag.bmpString, 2],
  [tag.universalString, 4],
]);

/** Whether text can be a PrintableString, which has neither `*`, `@`, `_` nor `&`. */
export function isPrintableText(bytes: Uint8Array): boolean {
  return bytes.every(isPrintable);
}

/**
 * Checks that the content of a string element, from `start` to `end`, is in the alphabet of its type.
 *
 * @throws {DerError} `ERR_DER_VALUE` it is not; `ERR_DER_TAG` the type is none that X.509 uses.
 */
export function requireText(type: number, bytes: Uint8Array, start: number, end: number): void {
  const alphabet = type === tag.utf8String ? isAscii : alphabets.get(type);
  if (alphabet === undefined) {
    requireWholeCharacters(type, end - start);
    return;
  }
  for (let i = start; i < end; i++) {
    if (alphabet(bytes[i] as number)) continue;
    if (type === tag.utf8String && isUtf8(bytes.subarray(i, end))) return;
    throw new DerError('ERR_DER_VALUE', 'string holds characters outside its type');
  }
}

/**
 * The ASCII text of content that must have no controls, spaces or octets above 126, as URIs and mail addresses are
 * written.
 *
 * @throws {DerError} `ERR_DER_VALUE` empty or another octet.
 */
export function requireGraphicAscii(content: Uint8Array): string {
  if (content.includes(SPACE)) throw new DerError('ERR_DER_VALUE', 'name holds a forbidden character');
  return requirePrintableAscii(content);
}

/**
 * The ASCII text of content that must have no controls or octets above 126.
 *
 * @throws {DerError} `ERR_DER_VALUE` empty or another octet.
 */
export function requirePrintableAscii(content: Uint8Array): string {
  if (content.length === 0) throw new DerError('ERR_DER_VALUE', 'name is empty');
  for (const octet of content) {
    if (octet < SPACE || octet >= DELETE)
      throw new DerError('ERR_DER_VALUE', 'name holds a forbidden character');
  }
  return Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
}

function requireWholeCharacters(type: number, length: number): void {
  const octets = characterOctets.get(type);
  if (octets === undefined) throw new DerError('ERR_DER_TAG', 'an element of a type not used in X.509');
  if (length % octets !== 0) throw new DerError('ERR_DER_VALUE', 'string ends within a character');
}

function isPrintable(octet: number): boolean {
  return PRINTABLE[octet] === 1;
}

function isAscii(octet: number): boolean {
  return octet < 0x80;
}
