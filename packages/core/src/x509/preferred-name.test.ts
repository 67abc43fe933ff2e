import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPreferredDnsName } from './preferred-name.ts';

describe('the preferred syntax of DNS names', () => {
  it.each([
    'a',
    'a.b',
    'EXAMPLE.org',
    'xn--bcher-kva.example',
    '3com.com',
    '1.2.3.4.example',
    'a-b.c',
    `${'a'.repeat(63)}.org`,
    `${'a.'.repeat(126)}a`,
  ])('has %s', (name) => {
    expect(isPreferredDnsName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a_b',
    'a b',
    '-a.org',
    'a-.org',
    '*.a',
    'a/b',
    'ä',
    '192.0.2.1',
    'a.1',
    '1',
    'a\n',
    `${'a'.repeat(64)}.org`,
    `${'a.'.repeat(127)}a`,
  ])('has not %j', (name) => {
    expect(isPreferredDnsName(name)).toBe(false);
  });

  it('is what the rules say, label by label', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '.', '_'), maxLength: 12 });
    fc.assert(
      fc.property(text, (name) => {
        const labels = name.split('.');
        const isGood = (label: string): boolean =>
          label !== '' && !label.includes('_') && !label.startsWith('-') && !label.endsWith('-');
        const isNumber =
          !Number.isNaN(Number.parseInt(labels.at(-1) ?? '')) && !/[^0-9]/u.test(labels.at(-1) ?? '');
        expect(isPreferredDnsName(name)).toBe(labels.every(isGood) && !isNumber);
      }),
      { numRuns: 2000 },
    );
  });
});
