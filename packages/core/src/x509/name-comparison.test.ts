import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeElement, encodeObjectIdentifier, encodeSequence, encodeSetOf } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { comparableName, isNameWithin, nameKey } from './name-comparison.ts';
import { foldText } from './name-folding.ts';
import { oid } from './object-identifiers.ts';
import { cpuMilliseconds } from './testdata/cpu-milliseconds.ts';

type Attribute = readonly [type: string, text: string, stringType?: number];

const attribute = ([type, text, stringType = tag.utf8String]: Attribute): Uint8Array =>
  encodeSequence(encodeObjectIdentifier(type), encodeElement(stringType, Buffer.from(text)));
const name = (...sets: (readonly Attribute[])[]): Uint8Array =>
  encodeSequence(...sets.map((set) => encodeSetOf(...set.map(attribute))));
const { commonName: cn, organization: o } = oid;

describe('text in names', () => {
  it.each([
    ['case', 'Example CA', 'eXAMPLE ca'],
    ['spaces', '  Example   CA ', 'Example CA'],
    ['other white space', 'Example\t\u2003CA', 'Example CA'],
    ['how it is composed', 'Bu\u0308cher', 'B\u00fccher'],
    ['compatible characters', '\ufb01\uff21', 'fia'],
    ['what shows nothing', 'Ex\u00adam\u200bple\ufe0f', 'Example'],
    ['controls', 'Ex\u0000ample\u007f', 'Example'],
    ['the form of sigma', 'ΟΔΟΣ ΟΔΟΣ', 'οδοσ οδος'],
    ['sharp s', 'STRASSE', 'straße'],
  ])('is the same whatever its %s', (_, a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  it.each([
    ['Example CA', 'ExampleCA'],
    ['Example CA', 'Example CB'],
    ['a', 'ä'],
    ['', 'a'],
  ])('%j is not %j', (a, b) => {
    expect(foldText(a)).not.toBe(foldText(b));
  });

  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());

  it('once folded stays as it is', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(foldText(foldText(each))).toBe(foldText(each));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same in every normal form, in lower case and with spaces around', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (each, form) => {
        expect(foldText(each.normalize(form))).toBe(foldText(each));
        expect(foldText(each.toLowerCase())).toBe(foldText(each));
        expect(foldText(` ${each}  `)).toBe(foldText(each));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('names', () => {
  it.each([
    ['the same', name([[cn, 'a']]), name([[cn, 'a']]), true],
    ['another string type', name([[cn, 'a', tag.printableString]]), name([[cn, 'A']]), true],
    [
      'a set in another order',
      name([
        [cn, 'a'],
        [o, 'b'],
      ]),
      name([
        [o, 'b'],
        [cn, 'a'],
      ]),
      true,
    ],
    [
      'one set for two',
      name([
        [cn, 'a'],
        [o, 'b'],
      ]),
      name([[cn, 'a']], [[o, 'b']]),
      false,
    ],
    ['another order', name([[cn, 'a']], [[o, 'b']]), name([[o, 'b']], [[cn, 'a']]), false],
    ['another type', name([[cn, 'a']]), name([[o, 'a']]), false],
    ['a legacy string type', name([[cn, 'a']]), name([[cn, 'a', tag.teletexString]]), false],
    ['one more', name([[cn, 'a']]), name([[cn, 'a']], [[cn, 'a']]), false],
    [
      'one value that reads like two',
      name([[cn, `a+${cn}=1:b`]]),
      name([
        [cn, 'a'],
        [cn, 'b'],
      ]),
      false,
    ],
    [
      'one value that reads like two sets',
      name([[cn, `a/${cn}=1:b`]]),
      name([[cn, 'a']], [[cn, 'b']]),
      false,
    ],
    ['long ones', name([[cn, 'a'.repeat(5000)]]), name([[cn, 'A'.repeat(5000)]]), true],
    [
      'long ones that differ at the end',
      name([[cn, 'a'.repeat(5000)]]),
      name([[cn, `${'a'.repeat(4999)}b`]]),
      false,
    ],
  ])('%s', (_, a, b, same) => {
    expect(nameKey(a) === nameKey(b)).toBe(same);
    expect(comparableName(a).join() === comparableName(b).join()).toBe(same);
  });

  it('are keys of bounded length that say the same as the name in full', () => {
    const part = fc.tuple(
      fc.constantFrom(cn, o),
      fc.string({ unit: fc.constantFrom('a', 'A', '+', '/', '1', ':') }),
    );
    const parts = fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const [nameA, nameB] = [name(...a), name(...b)];
        const same = JSON.stringify(comparableName(nameA)) === JSON.stringify(comparableName(nameB));
        expect(nameKey(nameA) === nameKey(nameB)).toBe(same);
        expect(nameKey(nameA).length).toBeLessThanOrEqual(512);
      }),
      { numRuns: 2000 },
    );
  });

  it('lie within what they begin with, and nothing else', () => {
    const whole = comparableName(name([[o, 'a']], [[cn, 'b']]));
    expect(isNameWithin(whole, comparableName(name([[o, 'A']])))).toBe(true);
    expect(isNameWithin(whole, whole)).toBe(true);
    expect(isNameWithin(whole, [])).toBe(true);
    expect(isNameWithin(whole, comparableName(name([[cn, 'b']])))).toBe(false);
    expect(isNameWithin(comparableName(name([[o, 'a']])), whole)).toBe(false);
  });
});

describe('text made to be slow', () => {
  it.each([
    ['combining marks out of order', '\u0315'.repeat(16_000) + '\u0316'.repeat(16_000)],
    [
      'the same with what shows nothing between them',
      '\u0315\u200b'.repeat(6000) + '\u0316\u200b'.repeat(6000),
    ],
    ['characters that become many', '\ufdfa'.repeat(21_000)],
    ['spaces', ' '.repeat(64_000)],
    ['white space of every kind', '\t \u2003'.repeat(15_000)],
  ])('%s', (_, text) => {
    expect(cpuMilliseconds(() => foldText(text))).toBeLessThan(250);
  });

  it('is still told apart', () => {
    const marks = (last: string): string => `${'\u0315'.repeat(40)}${last}`;
    expect(foldText(marks('a'))).toBe(foldText(marks('A')));
    expect(foldText(marks('a'))).not.toBe(foldText(marks('b')));
  });
});
