import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { domainToASCII } from 'node:url';
import { decodePunycode } from './punycode.ts';

describe('decodePunycode', () => {
  it.each([
    ['mnchen-3ya', 'm\u00fcnchen'],
    ['fiqs8s', '\u4e2d\u56fd'],
    ['ls8h', '\u{1f4a9}'],
    ['', ''],
  ])('decodes %j', (encoded, label) => {
    expect(decodePunycode(encoded)).toBe(label);
  });

  it.each(['a*', 'mnchen-3y', '99999999', '9'.repeat(59), '\u00fc'])('refuses %j', (encoded) => {
    expect(decodePunycode(encoded)).toBeUndefined();
  });

  it('reads what the platform writes', () => {
    const letter = fc.constantFrom(
      ...Array.from('abcxyz019\u00e4\u00f6\u00fc\u0434\u0436\u4e2d\u56fd\u3042'),
    );
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 12 }), (label) => {
        const ascii = domainToASCII(label);
        if (ascii.startsWith('xn--')) expect(decodePunycode(ascii.slice(4))).toBe(label.normalize('NFC'));
      }),
    );
  });

  it('answers for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('abcz019-')), maxLength: 59 }),
        (encoded) => {
          expect(['string', 'undefined']).toContain(typeof decodePunycode(encoded));
        },
      ),
    );
  });
});
