import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parseTrustDomain } from '../spiffe-id/spiffe-id.ts';
import { decodePem } from '../x509/pem.ts';
import { appendToBundle } from './append-bundle.ts';
import { type Bundle, type BundleJwtAuthority, type BundleX509Authority, emptyBundle } from './bundle.ts';
import { JwtBundleSet, X509BundleSet } from './bundle-set.ts';
import { JwtBundle } from './jwt-bundle.ts';
import { pruneBundle } from './prune-bundle.ts';
import {
  revokeJwtAuthority,
  revokeX509Authority,
  taintJwtAuthority,
  taintX509Authority,
} from './taint-bundle.ts';
import { X509Bundle } from './x509-bundle.ts';

const td = parseTrustDomain('example.org');
const until2026 = root('root-ec-until-2026');
const until2030 = root('root-rsa-until-2030');
const until2040 = root('root-ec-until-2040');
const SKI_2030 = 'bbf1736055dc5feb3eed145a6f65e06e36f40b01';
const IN_2028 = 1_830_000_000;
const IN_2050 = 2_524_608_000;

const bundle: Bundle = {
  trustDomain: td,
  x509Authorities: [until2026, until2030],
  jwtAuthorities: [jwt('old', 100), jwt('new', IN_2050)],
  refreshHint: 60,
  sequenceNumber: 7n,
};

describe('appendToBundle', () => {
  it('TDB-6: adds what is new and raises the sequence by one', () => {
    const { bundle: after, changed } = appendToBundle(
      bundle,
      [until2030, until2040],
      [jwt('next', 5), jwt('old', 9)],
    );
    expect(changed).toBe(true);
    expect(after.x509Authorities).toEqual([until2026, until2030, until2040]);
    expect(after.jwtAuthorities).toEqual([jwt('old', 100), jwt('new', IN_2050), jwt('next', 5)]);
    expect([after.sequenceNumber, after.refreshHint]).toEqual([8n, 60]);
  });

  it('TDB-6: leaves sequence and bundle alone when nothing is new', () => {
    expect(appendToBundle(bundle, [until2026], [jwt('old', 1)])).toEqual({ bundle, changed: false });
    expect(appendToBundle(bundle, [], []).bundle).toBe(bundle);
  });

  it('adds no untainted twin of a tainted root', () => {
    const tainted = { ...bundle, x509Authorities: [{ ...until2030, tainted: true }] };
    expect(appendToBundle(tainted, [until2030], []).changed).toBe(false);
  });

  it('adds once what is given twice', () => {
    const { bundle: after } = appendToBundle(
      emptyBundle(td),
      [until2030, until2030],
      [jwt('a', 1), jwt('a', 1)],
    );
    expect([after.x509Authorities.length, after.jwtAuthorities.length]).toEqual([1, 1]);
  });

  it('refuses another key under a known key ID', () => {
    const other = { ...jwt('old', 100), spkiDer: Uint8Array.of(9) };
    expect(() => appendToBundle(bundle, [], [other])).toThrow(
      expect.objectContaining({ code: 'ERR_BUNDLE_DUPLICATE_KEY_ID' }),
    );
  });

  it('never takes anything away, and comes to rest', () => {
    const roots = fc.subarray([until2026, until2030, until2040]);
    const keys = fc.subarray([jwt('old', 100), jwt('a', 1), jwt('b', 2)]);
    fc.assert(
      fc.property(roots, keys, roots, keys, (heldRoots, heldKeys, newRoots, newKeys) => {
        const before = { ...bundle, x509Authorities: heldRoots, jwtAuthorities: heldKeys };
        const { bundle: after, changed } = appendToBundle(before, newRoots, newKeys);
        expect(after.x509Authorities).toEqual(expect.arrayContaining([...heldRoots, ...newRoots]));
        expect(after.jwtAuthorities).toEqual(expect.arrayContaining([...heldKeys, ...newKeys]));
        expect(after.sequenceNumber).toBe(before.sequenceNumber + (changed ? 1n : 0n));
        expect(appendToBundle(after, newRoots, newKeys).changed).toBe(false);
      }),
    );
  });
});

describe('pruneBundle', () => {
  it('removes what has expired and raises the sequence by one', () => {
    const { bundle: after, changed } = pruneBundle(bundle, IN_2028);
    expect([changed, after.sequenceNumber]).toEqual([true, 8n]);
    expect(after.x509Authorities).toEqual([until2030]);
    expect(after.jwtAuthorities).toEqual([jwt('new', IN_2050)]);
  });

  it('does nothing while nothing has expired', () => {
    expect(pruneBundle(bundle, 100)).toEqual({ bundle, changed: false });
  });

  it('keeps the last root and the last key, the ones that expired last', () => {
    const { bundle: after } = pruneBundle(bundle, IN_2050 + 1);
    expect(after.x509Authorities).toEqual([until2030]);
    expect(after.jwtAuthorities).toEqual([jwt('new', IN_2050)]);
    expect(pruneBundle(after, IN_2050 + 1).changed).toBe(false);
  });

  it('keeps a key without a known expiry, and an empty bundle', () => {
    const endless = { ...bundle, x509Authorities: [until2040], jwtAuthorities: [jwt('a', 0), jwt('b', 5)] };
    expect(pruneBundle(endless, IN_2028).bundle.jwtAuthorities).toEqual([jwt('a', 0)]);
    expect(pruneBundle(emptyBundle(td), IN_2028).changed).toBe(false);
  });
});

describe('taint and revoke', () => {
  it('marks a root, then removes it, one sequence step each', () => {
    const { bundle: tainted } = taintX509Authority(bundle, SKI_2030.toUpperCase());
    expect(tainted.x509Authorities.map((a) => a.tainted)).toEqual([false, true]);
    const { bundle: revoked } = revokeX509Authority(tainted, SKI_2030);
    expect(revoked.x509Authorities).toEqual([until2026]);
    expect([tainted.sequenceNumber, revoked.sequenceNumber]).toEqual([8n, 9n]);
  });

  it('marks a JWT key, then removes it', () => {
    const { bundle: tainted } = taintJwtAuthority(bundle, 'old');
    expect(tainted.jwtAuthorities.map((a) => a.tainted)).toEqual([true, false]);
    expect(revokeJwtAuthority(tainted, 'old').bundle.jwtAuthorities).toEqual([jwt('new', IN_2050)]);
  });

  it.each([
    ['unknown root', () => taintX509Authority(bundle, '00'), 'ERR_BUNDLE_AUTHORITY_NOT_FOUND'],
    ['root ID that is no hex', () => taintX509Authority(bundle, 'zz'), 'ERR_BUNDLE_AUTHORITY_NOT_FOUND'],
    ['unknown key', () => taintJwtAuthority(bundle, 'x'), 'ERR_BUNDLE_AUTHORITY_NOT_FOUND'],
    [
      'root tainted twice',
      () => taintX509Authority(taintX509Authority(bundle, SKI_2030).bundle, SKI_2030),
      'ERR_BUNDLE_ALREADY_TAINTED',
    ],
    [
      'key tainted twice',
      () => taintJwtAuthority(taintJwtAuthority(bundle, 'old').bundle, 'old'),
      'ERR_BUNDLE_ALREADY_TAINTED',
    ],
    ['untainted root revoked', () => revokeX509Authority(bundle, SKI_2030), 'ERR_BUNDLE_NOT_TAINTED'],
    ['untainted key revoked', () => revokeJwtAuthority(bundle, 'old'), 'ERR_BUNDLE_NOT_TAINTED'],
  ])('refuses: %s', (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe('bundle sets', () => {
  it('TDB-2, FED-8: answer with the bundle of the very trust domain', () => {
    const [a, b] = ['a.org', 'b.org'].map((name) => new X509Bundle(parseTrustDomain(name), []));
    const set = new X509BundleSet([a!, b!]);
    expect(set.x509Bundle(parseTrustDomain('b.org'))).toBe(b);
    expect(set.x509Bundle(parseTrustDomain('c.org'))).toBeUndefined();
    expect(a!.x509Bundle(parseTrustDomain('b.org'))).toBeUndefined();
    const jwtBundle = new JwtBundle(parseTrustDomain('a.org'), []);
    expect(new JwtBundleSet([jwtBundle]).jwtBundle(parseTrustDomain('a.org'))).toBe(jwtBundle);
  });
});

function root(name: string): BundleX509Authority {
  const [der] = decodePem(
    readFileSync(new URL(`./testdata/${name}.pem`, import.meta.url), 'utf8'),
    'CERTIFICATE',
  );
  return { der: der!, tainted: false };
}

function jwt(keyId: string, expiresAt: number): BundleJwtAuthority {
  return { keyId, spkiDer: Uint8Array.of(1, 2, 3), expiresAt, tainted: false };
}
