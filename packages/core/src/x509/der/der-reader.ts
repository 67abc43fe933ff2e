import { DerError } from '../../errors.ts';
import { type UnixSeconds } from '../../time.ts';
import { readTime } from './der-time.ts';
import { contentStart, elementEnd } from './header.ts';
import { decodeOid } from './oid.ts';
import { requireBitString, requireBoolean, requireInteger, requireNull, requireOid } from './primitive.ts';
import { tag } from './tag.ts';

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
  #position: number;
  /** Where the content of the element read last begins; it ends at the position. */
  #contentStart = 0;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
  }

  /** Whether another element follows. */
  hasMore(): boolean {
    return this.#position < this.#end;
  }

  /** The first octet of the next element, or -1 when there is none. */
  peekTag(): number {
    return this.hasMore() ? (this.#bytes[this.#position] as number) : -1;
  }

  /** @throws {DerError} `ERR_DER_TRAILING` something follows the last element expected. */
  requireEnd(): void {
    if (this.hasMore()) throw new DerError('ERR_DER_TRAILING', 'unexpected data after the last element');
  }

  /** Steps over a constructed element and returns a reader of what is inside it. */
  enter(expected: number): DerReader {
    this.#advance(expected);
    return new DerReader(this.#bytes, this.#contentStart, this.#position);
  }

  /** The content octets of the next element. */
  content(expected: number): Uint8Array {
    this.#advance(expected);
    return this.#bytes.subarray(this.#contentStart, this.#position);
  }

  /** The whole next element, header included; any type unless one is expected. */
  element(expected: number = this.peekTag()): Uint8Array {
    const start = this.#position;
    this.#advance(expected);
    return this.#bytes.subarray(start, this.#position);
  }

  /** Steps over the next element; any type unless one is expected. */
  skip(expected: number = this.peekTag()): void {
    this.#advance(expected);
  }

  boolean(): boolean {
    this.#advance(tag.boolean);
    return requireBoolean(this.#bytes, this.#contentStart, this.#position);
  }

  /** The two's complement octets of an INTEGER, in their shortest form. */
  integer(): Uint8Array {
    const content = this.content(tag.integer);
    requireInteger(content, 0, content.length);
    return content;
  }

  /** A non-negative INTEGER below 2^31. */
  smallInteger(): number {
    const content = this.integer();
    if (content.length > 4 || (content[0] as number) > 0x7f) {
      throw new DerError('ERR_DER_VALUE', 'integer out of range');
    }
    return content.reduce((value, octet) => value * 256 + octet, 0);
  }

  /** An OBJECT IDENTIFIER in dotted form. */
  oid(): string {
    this.#advance(tag.oid);
    requireOid(this.#bytes, this.#contentStart, this.#position);
    return decodeOid(this.#bytes, this.#contentStart, this.#position);
  }

  bitString(): BitString {
    const content = this.content(tag.bitString);
    requireBitString(content, 0, content.length);
    return { unusedBits: content[0] as number, bytes: content.subarray(1) };
  }

  octetString(): Uint8Array {
    return this.content(tag.octetString);
  }

  null(): void {
    this.#advance(tag.null);
    requireNull(this.#contentStart, this.#position);
  }

  /** A UTCTime or GeneralizedTime. */
  time(): { readonly seconds: UnixSeconds; readonly generalized: boolean } {
    const type = this.peekTag();
    if (type !== tag.utcTime && type !== tag.generalizedTime) throw wrongType();
    const generalized = type === tag.generalizedTime;
    return { seconds: readTime(this.content(type), generalized), generalized };
  }

  #advance(expected: number): void {
    const at = this.#position;
    const end = elementEnd(this.#bytes, at, this.#end);
    if (this.#bytes[at] !== expected) throw wrongType();
    this.#contentStart = contentStart(this.#bytes, at);
    this.#position = end;
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

function wrongType(): DerError {
  return new DerError('ERR_DER_TAG', 'an element of another type was expected');
}
