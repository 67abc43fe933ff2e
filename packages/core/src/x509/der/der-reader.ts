import { DerError } from '../../errors.ts';
import { requireBoolean, requireInteger, requireNull, requireOid, requireBitString } from './primitive.ts';
import { decodeOid } from './oid.ts';
import { readTime } from './der-time.ts';
import { tag } from './tag.ts';
import { type UnixSeconds } from '../../time.ts';

/** Elements inside elements; X.509 needs about a dozen. */
export const MAX_DER_DEPTH = 24;

/** The content of a BIT STRING: its octets, and how many bits at the end of the last one do not count. */
export interface BitString {
  readonly bytes: Uint8Array;
  readonly unusedBits: number;
}

/**
 * A cursor over the DER elements of one constructed value.
 *
 * Only DER passes: definite lengths in their shortest form, low tag numbers, primitive values in their one
 * encoding. Everything it hands out is a view of the input, never a copy. Whatever the bytes are, nothing
 * but a `DerError` is thrown.
 *
 * @spec X.690 §8, §10, §11
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #depth: number;
  #position: number;
  #contentStart = 0;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length, depth = 0) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
    this.#depth = depth;
  }

  /** Whether every element has been read. */
  get atEnd(): boolean {
    return this.#position === this.#end;
  }

  /** The first octet of the next element, or -1 when there is none. */
  peekTag(): number {
    return this.atEnd ? -1 : (this.#bytes[this.#position] as number);
  }

  /** @throws {DerError} `ERR_DER_TRAILING` something follows the last element expected. */
  requireEnd(): void {
    if (!this.atEnd) throw new DerError('ERR_DER_TRAILING', 'unexpected data after the last element');
  }

  /** Steps into a constructed element and over it. */
  enter(expected: number): DerReader {
    const end = this.#advance(expected);
    if (this.#depth >= MAX_DER_DEPTH) {
      throw new DerError('ERR_DER_TOO_DEEP', 'elements are nested too deeply');
    }
    return new DerReader(this.#bytes, this.#contentStart, end, this.#depth + 1);
  }

  /** The content octets of the next element. */
  content(expected: number): Uint8Array {
    const end = this.#advance(expected);
    return this.#bytes.subarray(this.#contentStart, end);
  }

  /** The whole next element, header included; any type unless one is expected. */
  element(expected: number = this.peekTag()): Uint8Array {
    const start = this.#position;
    return this.#bytes.subarray(start, this.#advance(expected));
  }

  /** Where the next element starts, for `since`. */
  get position(): number {
    return this.#position;
  }

  /** The octets read since an earlier position. */
  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#position);
  }

  boolean(): boolean {
    return requireBoolean(this.content(tag.boolean));
  }

  /** The two's complement octets of an INTEGER, in their shortest form. */
  integer(): Uint8Array {
    return requireInteger(this.content(tag.integer));
  }

  /** A non-negative INTEGER below 2^31. */
  smallInteger(expected: number = tag.integer): number {
    const bytes = requireInteger(this.content(expected));
    if (bytes.length > 4 || (bytes[0] as number) > 0x7f) {
      throw new DerError('ERR_DER_VALUE', 'integer out of range');
    }
    return bytes.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** An OBJECT IDENTIFIER in dotted form. */
  oid(expected: number = tag.oid): string {
    return decodeOid(requireOid(this.content(expected)));
  }

  bitString(expected: number = tag.bitString): BitString {
    const content = requireBitString(this.content(expected));
    return { unusedBits: content[0] as number, bytes: content.subarray(1) };
  }

  octetString(expected: number = tag.octetString): Uint8Array {
    return this.content(expected);
  }

  null(): void {
    requireNull(this.content(tag.null));
  }

  /** A UTCTime or GeneralizedTime. */
  time(): { readonly seconds: UnixSeconds; readonly generalized: boolean } {
    const type = this.peekTag();
    if (type !== tag.utcTime && type !== tag.generalizedTime) throw wrongType();
    const generalized = type === tag.generalizedTime;
    return { seconds: readTime(this.content(type), generalized), generalized };
  }

  /** Moves past the next element and returns where it ends. */
  #advance(expected: number): number {
    const bytes = this.#bytes;
    const start = this.#position;
    if (start + 2 > this.#end) throw truncated();
    if (bytes[start] !== expected) throw wrongType();
    if ((expected & 0x1f) === 0x1f) throw new DerError('ERR_DER_TAG', 'high tag numbers are not used here');
    let length = bytes[start + 1] as number;
    let from = start + 2;
    if (length >= 0x80) {
      const octets = length - 0x80;
      length = longLength(bytes, from, octets, this.#end);
      from += octets;
    }
    const end = from + length;
    if (end > this.#end) throw truncated();
    this.#contentStart = from;
    this.#position = end;
    return end;
  }
}

/**
 * Steps into the one element that makes up the whole input.
 *
 * @throws {DerError} `ERR_DER_TRAILING` something follows it; other `ERR_DER_*` it is not DER.
 */
export function readSingle(bytes: Uint8Array, expected: number): DerReader {
  const outer = new DerReader(bytes);
  const inner = outer.enter(expected);
  outer.requireEnd();
  return inner;
}

function longLength(bytes: Uint8Array, from: number, octets: number, end: number): number {
  if (octets === 0) throw new DerError('ERR_DER_LENGTH', 'indefinite length');
  if (octets > 3) throw new DerError('ERR_DER_LENGTH', 'length does not fit any allowed input');
  if (from + octets > end) throw truncated();
  let length = 0;
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[from + i] as number);
  if (length < 0x80 || length < 256 ** (octets - 1)) {
    throw new DerError('ERR_DER_LENGTH', 'length is not in its shortest form');
  }
  return length;
}

function truncated(): DerError {
  return new DerError('ERR_DER_TRUNCATED', 'an element ends beyond its container');
}

function wrongType(): DerError {
  return new DerError('ERR_DER_TAG', 'an element of another type was expected');
}
