import { describe, expect, it } from '@jest/globals';
import { findWildcardOverlap, validateDnsName } from './dns-name.ts';

const LABEL_63 = 'a'.repeat(63);
const NAME_253 = [LABEL_63, LABEL_63, LABEL_63, 'a'.repeat(61)].join('.');

describe('validateDnsName', () => {
  it.each([
    'example.org',
    'localhost',
    '*.example.org',
    '_srv.example.org',
    'UPPER.example.org',
    'with space.example.org',
    'a:b.example.org',
    '1.2.3.4',
    'a-b.c--d',
    'xn--mnchen-3ya.example',
    'xn--fiqs8s',
    'xn--bcher-kva.example',
    `${LABEL_63}.org`,
    NAME_253,
  ])('accepts %s', (name) => {
    expect(() => {
      validateDnsName(name);
    }).not.toThrow();
  });

  it.each([
    ['nothing', ''],
    ['blank', ' \t'],
    ['not ASCII', 'm\u00fcnchen.example'],
    ['trailing dot', 'example.org.'],
    ['a dot alone', '.'],
    ['empty label', 'a..b'],
    ['empty first label', '.a'],
    ['two wildcards', '*.*.example.org'],
    ['wildcard alone', '*'],
    ['wildcard inside', 'a.*.example.org'],
    ['wildcard as part of a label', 'a*.example.org'],
    ['wildcard before nothing', '*.'],
    ['wildcard before an empty label', '*..example.org'],
    ['label starts with a hyphen', '-a.example.org'],
    ['label ends with a hyphen', 'a-.example.org'],
    ['hyphens at the third and fourth place', 'ab--c.example.org'],
    ['upper-case ACE prefix', 'XN--mnchen-3ya.example'],
    ['ACE prefix before nothing', 'xn--.example'],
    ['ACE label of ASCII only', 'xn--abc-.example'],
    ['ACE label that is no Punycode', 'xn--a*a.example'],
    ['ACE label cut short', 'xn--mnchen-3y.example'],
    ['ACE label of an upper-case letter', 'xn--mnchen-psa.example'],
    ['ACE label beyond Unicode', 'xn--99999999.example'],
    ['ACE label starting with a mark', 'xn--a-wbb.example'],
    ['ACE label of a compatibility character', 'xn--x-sy8h.example'],
    ['label of 64 bytes', `${'a'.repeat(64)}.org`],
    ['name of 254 bytes', `${NAME_253}a`],
  ])('refuses: %s', (_, name) => {
    expect(() => {
      validateDnsName(name);
    }).toThrow(expect.objectContaining({ code: 'ERR_ENTRY_DNS_NAME' }));
  });
});

describe('findWildcardOverlap', () => {
  it.each([
    [['a.example.org', '*.example.org'], { wildcard: '*.example.org', name: 'a.example.org' }],
    [['*.example.org', 'a.b.example.org', 'example.org'], undefined],
    [['*.example.org', '*.example.org'], undefined],
    [['localhost'], undefined],
    [[], undefined],
  ])('%j', (names, expected) => {
    expect(findWildcardOverlap(names)).toEqual(expected);
  });
});
