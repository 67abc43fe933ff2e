import { encodeOid } from './oid.ts';
import { contextConstructed, contextPrimitive, tag } from './tag.ts';

/** How many octets the header of an element with this much content takes. */
export function headerLength(contentLength: number): number {
  if (contentLength < 0x80) return 2;
  if (contentLength < 0x100) return 3;
  return contentLength < 0x1_0000 ? 4 : 5;
}

/** Writes tag and shortest length at a position; returns the position after them. */
export function putHeader(target: Uint8Array, at: number, type: number, contentLength: number): number {
  const octets = headerLength(contentLength) - 2;
  target[at] = type;
  if (octets === 0) {
    target[at + 1] = contentLength;
    return at + 2;
  }
  target[at + 1] = 0x80 | octets;
  for (let i = 0; i < octets; i++) target[at + 2 + i] = (contentLength >>> (8 * (octets - 1 - i))) & 0xff;
  return at + 2 + octets;
}

/** One element whose content is the given parts in order. */
export function encodeElement(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const element = new Uint8Array(headerLength(length) + length);
  let at = putHeader(element, 0, type, length);
  for (const part of parts) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

export function encodeSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encodeElement(tag.sequence, ...parts);
}

/** A SET OF in DER order, whatever order the members come in. */
export function encodeSetOf(...members: readonly Uint8Array[]): Uint8Array {
  return encodeElement(tag.set, ...members.toSorted((a, b) => Buffer.compare(a, b)));
}

/** `[number]` around whole elements (EXPLICIT), or in place of a constructed element's own tag (IMPLICIT). */
export function encodeContext(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return encodeElement(contextConstructed(number), ...parts);
}

/** `[number]` in place of a primitive element's own tag. */
export function encodeContextPrimitive(number: number, content: Uint8Array): Uint8Array {
  return encodeElement(contextPrimitive(number), content);
}

/** The INTEGER whose unsigned big-endian magnitude is given, with leading zeros or without. */
export function encodeUnsigned(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const needsSign = digits.length === 0 || (digits[0] as number) > 0x7f;
  return needsSign
    ? encodeElement(tag.integer, Uint8Array.of(0), digits)
    : encodeElement(tag.integer, digits);
}

/** A non-negative INTEGER below 2^31. */
export function encodeSmallInteger(value: number): Uint8Array {
  return encodeUnsigned(
    Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff),
  );
}

export function encodeObjectIdentifier(dotted: string): Uint8Array {
  return encodeElement(tag.oid, encodeOid(dotted));
}

/** A BIT STRING of whole octets. */
export function encodeBitString(bytes: Uint8Array): Uint8Array {
  return encodeElement(tag.bitString, Uint8Array.of(0), bytes);
}

/** A BIT STRING of named bits (bit 0 first), without trailing zero bits. */
export function encodeNamedBits(bits: number): Uint8Array {
  if (bits === 0) return encodeElement(tag.bitString, Uint8Array.of(0));
  const highest = 31 - Math.clz32(bits);
  const content = new Uint8Array(2 + (highest >> 3));
  content[0] = 7 - (highest & 7);
  for (let bit = 0; bit <= highest; bit++) {
    if ((bits >>> bit) & 1)
      content[1 + (bit >> 3)] = (content[1 + (bit >> 3)] as number) | (0x80 >> (bit & 7));
  }
  return encodeElement(tag.bitString, content);
}

export function encodeOctetString(bytes: Uint8Array): Uint8Array {
  return encodeElement(tag.octetString, bytes);
}

export function encodeBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(tag.boolean, 1, value ? 0xff : 0);
}

export function encodeNull(): Uint8Array {
  return Uint8Array.of(tag.null, 0);
}
