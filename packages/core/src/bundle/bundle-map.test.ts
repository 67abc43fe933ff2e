import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { emptyBundle } from './bundle.ts';
import { formatBundleMap, parseBundleMap } from './bundle-map.ts';

const a = { ...emptyBundle(parseTrustDomain('a.org')), sequenceNumber: 9007199254740993n, refreshHint: 1 };
const b = emptyBundle(parseTrustDomain('b.org'));

describe('bundle map', () => {
  it('TDB-16, TDB-19: is keyed by trust domain name, without contained refresh hints', () => {
    expect(formatBundleMap([a, b])).toBe(
      '{"trust_domains":{"a.org":{"keys":[],"spiffe_sequence":9007199254740993},"b.org":{"keys":[]}}}',
    );
    expect(formatBundleMap([])).toBe('{"trust_domains":{}}');
  });

  it('TDB-17: is not written with a name twice', () => {
    expect(() => formatBundleMap([a, b, a])).toThrow(
      expect.objectContaining({ code: 'ERR_BUNDLE_TRUST_DOMAIN' }),
    );
  });

  it('TDB-20: is read back, contained refresh hints without effect', () => {
    const read = parseBundleMap('{"trust_domains":{"a.org":{"keys":[],"spiffe_refresh_hint":1}},"x":1}');
    expect(read.get('a.org')).toEqual({ ...a, sequenceNumber: 0n, refreshHint: 0 });
    expect([...parseBundleMap(formatBundleMap([a, b])).keys()]).toEqual(['a.org', 'b.org']);
  });

  it.each([
    [
      'TDB-18 a trust domain twice',
      '{"trust_domains":{"a":{"keys":[]},"a":{"keys":[]}}}',
      'ERR_JSON_DUPLICATE_MEMBER',
    ],
    [
      'TDB-18 the same by an escape',
      '{"trust_domains":{"a":{"keys":[]},"\\u0061":{"keys":[]}}}',
      'ERR_JSON_DUPLICATE_MEMBER',
    ],
    ['TDB-16 no trust_domains', '{}', 'ERR_BUNDLE_DOCUMENT'],
    ['TDB-16 trust_domains as a list', '{"trust_domains":[]}', 'ERR_BUNDLE_DOCUMENT'],
    [
      'TDB-16 a SPIFFE ID as a name',
      '{"trust_domains":{"spiffe://a":{"keys":[]}}}',
      'ERR_BUNDLE_TRUST_DOMAIN',
    ],
    ['TDB-16 an upper-case name', '{"trust_domains":{"A":{"keys":[]}}}', 'ERR_BUNDLE_TRUST_DOMAIN'],
    [
      'TDB-10 one bundle without keys',
      '{"trust_domains":{"a":{"keys":[]},"b":{}}}',
      'ERR_BUNDLE_KEYS_MISSING',
    ],
    ['a bundle that is no object', '{"trust_domains":{"a":1}}', 'ERR_BUNDLE_DOCUMENT'],
  ])('refuses: %s', (_, json, code) => {
    expect(() => parseBundleMap(json)).toThrow(expect.objectContaining({ code }));
  });
});
