import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DerError } from '../../errors.ts';
import { requireCanonicalDer } from './canonical.ts';
import { DerReader, readSingle } from './der-reader.ts';
import {
  encodeElement,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeSequence,
  encodeSetOf,
  encodeUnsigned,
} from './der-writer.ts';
import { tag } from './tag.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof DerError) return error.code;
    throw error;
  }
}

describe('what is not DER is refused', () => {
  it.each([
    ['empty input', '', 'ERR_DER_TRUNCATED'],
    ['a header cut off', '30', 'ERR_DER_TRUNCATED'],
    ['content cut off', '0403 0102', 'ERR_DER_TRUNCATED'],
    ['length octets cut off', '0482 01', 'ERR_DER_TRUNCATED'],
    ['a member longer than its container', '3003 0402 01', 'ERR_DER_TRUNCATED'],
    ['data after the element', '0500 00', 'ERR_DER_TRAILING'],
    ['indefinite length', '3080 0500 0000', 'ERR_DER_LENGTH'],
    ['a long form that should be short', '0481 01 ff', 'ERR_DER_LENGTH'],
    ['a length with a leading zero', `04820080${'00'.repeat(128)}`, 'ERR_DER_LENGTH'],
    ['a length of four octets', '048400000001ff', 'ERR_DER_LENGTH'],
    ['a high tag number', '1f8101 00', 'ERR_DER_TAG'],
    ['a constructed octet string', '2403 0401 00', 'ERR_DER_TAG'],
    ['a type that X.509 never uses', '0903 800101', 'ERR_DER_TAG'],
    ['a boolean of 01', '0101 01', 'ERR_DER_VALUE'],
    ['a boolean of two octets', '0102 ffff', 'ERR_DER_VALUE'],
    ['an empty integer', '0200', 'ERR_DER_VALUE'],
    ['an integer with a needless 00', '0202 0001', 'ERR_DER_VALUE'],
    ['an integer with a needless FF', '0202 ff80', 'ERR_DER_VALUE'],
    ['a null with content', '0501 00', 'ERR_DER_VALUE'],
    ['an empty bit string', '0300', 'ERR_DER_VALUE'],
    ['nine unused bits', '0302 0900', 'ERR_DER_VALUE'],
    ['unused bits of nothing', '0301 01', 'ERR_DER_VALUE'],
    ['padding that is not zero', '0302 0403', 'ERR_DER_VALUE'],
    ['an empty object identifier', '0600', 'ERR_DER_VALUE'],
    ['an object identifier of 65 octets', `0641${'01'.repeat(65)}`, 'ERR_DER_VALUE'],
    ['an arc cut off', '0602 2a86', 'ERR_DER_VALUE'],
    ['an arc with leading zeros', '0603 2a8001', 'ERR_DER_VALUE'],
    ['an arc beyond all sense', '060a 2affffffffffffffff7f', 'ERR_DER_VALUE'],
    ['a time without seconds', '170b 323730313135303735395a', 'ERR_DER_VALUE'],
    ['a time with an offset', '1711 3237303131353037353935302b30313030', 'ERR_DER_VALUE'],
    ['a time with a fraction', '1811 32303530303131353037353935302e315a', 'ERR_DER_VALUE'],
    ['February 30', '170d 3237303233303037353935305a', 'ERR_DER_VALUE'],
    ['an underscore in a PrintableString', '1301 5f', 'ERR_DER_VALUE'],
    ['an umlaut in an IA5String', '1601 e4', 'ERR_DER_VALUE'],
    ['broken UTF-8', '0c02 c328', 'ERR_DER_VALUE'],
    ['a set out of order', '3106 0201020201 01', 'ERR_DER_ORDER'],
    ['a set inside a set out of order', '3108 3106 0201020201 01', 'ERR_DER_ORDER'],
  ])('%s', (_, input, code) => {
    expect(
      codeOf(() => {
        requireCanonicalDer(hex(input));
      }),
    ).toBe(code);
  });

  it('nesting beyond the limit, in sequences and in sets', () => {
    const nested = (type: number, levels: number): Uint8Array =>
      levels === 0 ? Uint8Array.of(tag.null, 0) : encodeElement(type, nested(type, levels - 1));
    expect(
      codeOf(() => {
        requireCanonicalDer(nested(tag.sequence, 24));
      }),
    ).toBeUndefined();
    expect(
      codeOf(() => {
        requireCanonicalDer(nested(tag.sequence, 25));
      }),
    ).toBe('ERR_DER_TOO_DEEP');
    expect(
      codeOf(() => {
        requireCanonicalDer(nested(tag.set, 400));
      }),
    ).toBe('ERR_DER_TOO_DEEP');
  });
});

describe('DerReader', () => {
  it('reads what the writer wrote', () => {
    const bytes = encodeSequence(
      encodeUnsigned(Uint8Array.of(0x80)),
      encodeObjectIdentifier('2.999.3'),
      encodeNamedBits(0b101),
      encodeSetOf(Uint8Array.of(5, 0), Uint8Array.of(1, 1, 0)),
    );
    const reader = readSingle(bytes, tag.sequence);
    expect([...reader.integer()]).toEqual([0, 0x80]);
    expect(reader.oid()).toBe('2.999.3');
    expect(reader.bitString()).toEqual({ unusedBits: 5, bytes: Uint8Array.of(0xa0) });
    const set = reader.enter(tag.set);
    expect(set.boolean()).toBe(false);
    set.null();
    set.requireEnd();
    expect(reader.hasMore()).toBe(false);
    expect(reader.peekTag()).toBe(-1);
  });

  it.each([
    ['another type', () => new DerReader(hex('0500')).integer(), 'ERR_DER_TAG'],
    ['no element left', () => new DerReader(hex('')).element(), 'ERR_DER_TRUNCATED'],
    ['a negative small integer', () => new DerReader(hex('0201ff')).smallInteger(), 'ERR_DER_VALUE'],
    [
      'a small integer that is not small',
      () => new DerReader(hex('02050100000000')).smallInteger(),
      'ERR_DER_VALUE',
    ],
    ['a time of another type', () => new DerReader(hex('0500')).time(), 'ERR_DER_TAG'],
  ])('refuses %s', (_, run, code) => {
    expect(codeOf(run)).toBe(code);
  });

  it('throws nothing but DerError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        codeOf(() => {
          requireCanonicalDer(bytes);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('object identifiers', () => {
  it('survive encoding and decoding', () => {
    const arc = fc.integer({ min: 0, max: 2 ** 40 });
    const dotted = fc
      .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), fc.array(arc, { maxLength: 6 }))
      .map(([first, second, others]) => [first, second, ...others].join('.'));
    fc.assert(
      fc.property(dotted, (text) => {
        expect(new DerReader(encodeObjectIdentifier(text)).oid()).toBe(text);
      }),
    );
  });
});
