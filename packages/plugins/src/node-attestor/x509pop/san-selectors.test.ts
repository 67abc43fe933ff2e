import { describe, expect, it } from '@jest/globals';
import { isAddressNamed } from './client-ip.ts';
import { sanPairs } from './san-selectors.ts';

describe('sanPairs', () => {
  it.each<[string, readonly string[], Record<string, string>]>([
    ['one pair', ['x509pop://example.org/env/prod'], { env: 'prod' }],
    ['a value with slashes', ['x509pop://example.org/rack/a/1'], { rack: 'a/1' }],
    ['slashes around', ['x509pop://example.org//env/prod//'], { env: 'prod' }],
    ['a percent-encoded value', ['x509pop://example.org/name/a%20b'], { name: 'a b' }],
    ['the path only', ['x509pop://example.org/env/prod?x=1#y'], { env: 'prod' }],
    ['the last of two', ['x509pop://example.org/env/a', 'x509pop://example.org/env/b'], { env: 'b' }],
    ['no pair without a value', ['x509pop://example.org/env', 'x509pop://example.org/env/'], {}],
    [
      'nothing of another trust domain',
      ['x509pop://other.org/env/prod', 'x509pop://example.org.evil/env/prod'],
      {},
    ],
    ['nothing of another scheme', ['spiffe://example.org/env/prod', 'X509POP://example.org/env/prod'], {}],
    ['nothing of bad encoding', ['x509pop://example.org/env/%zz'], {}],
    [
      'a name that objects have',
      ['x509pop://example.org/__proto__/x'],
      Object.fromEntries([['__proto__', 'x']]),
    ],
  ])('gives %s', (_, uris, expected) => {
    expect([...sanPairs(uris, 'example.org')]).toEqual(Object.entries(expected));
  });
});

describe('isAddressNamed', () => {
  const v4 = Uint8Array.from([10, 0, 0, 7]);
  const v6 = Buffer.from('20010db8000000000000000000000001', 'hex');
  const mapped = Buffer.from('00000000000000000000ffff0a000007', 'hex');

  it.each<[string, readonly Uint8Array[], boolean]>([
    ['10.0.0.7', [v4], true],
    ['10.0.0.7', [v6, v4], true],
    ['::ffff:10.0.0.7', [v4], true],
    ['10.0.0.7', [mapped], true],
    ['::ffff:10.0.0.7', [mapped], true],
    ['2001:db8::1', [v6], true],
    ['2001:0DB8:0:0::1', [v6], true],
    ['10.0.0.8', [v4, v6], false],
    ['2001:db8::2', [v6], false],
    ['10.0.0.7', [], false],
    ['10.0.0.7:8081', [v4], false],
    ['', [v4], false],
    ['node.example.org', [v4], false],
  ])('%s in the certificate: %#', (address, ipSans, expected) => {
    expect(isAddressNamed(address, ipSans)).toBe(expected);
  });
});
