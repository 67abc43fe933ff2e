import { beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import {
  keyUsage,
  parseCertificate,
  parseJwtBundleJwks,
  parseTrustDomain,
  parseX509Svid,
  requireX509SvidLeaf,
  verifyJwtSvid,
  verifyX509Svid,
  X509Bundle,
} from '@signet/core';
import { TestCa, type TestX509Svid } from './test-ca.ts';

const trustDomain = parseTrustDomain('example.org');
const now = Math.floor(Date.now() / 1000);
let ca: TestCa;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
});

function verifiedId(svid: TestX509Svid, by: TestCa = ca): string {
  const bundles = new X509Bundle(trustDomain, [parseCertificate(by.der)]);
  return verifyX509Svid(svid.chain, { bundles, at: now }).id.uri;
}

describe('TestCa', () => {
  it('is a CA as X509-SVID says', () => {
    const certificate = parseCertificate(ca.der);
    expect([certificate.isCa, certificate.uriSans, certificate.keyUsage]).toEqual([
      true,
      ['spiffe://example.org'],
      keyUsage.keyCertSign | keyUsage.crlSign,
    ]);
  });

  it('issues X509-SVIDs with their keys, which openssl finds sound too', async () => {
    const svid = await ca.issueX509Svid('/orders', { dnsNames: ['orders'] });
    expect(verifiedId(svid)).toBe('spiffe://example.org/orders');
    expect(parseX509Svid({ chainDer: Buffer.concat(svid.chain), keyPkcs8: svid.key }).id.uri).toBe(svid.id);
    const leaf = new X509Certificate(svid.chain[0] as Uint8Array);
    expect([leaf.verify(new X509Certificate(ca.der).publicKey), leaf.subjectAltName]).toEqual([
      true,
      'URI:spiffe://example.org/orders, DNS:orders',
    ]);
  });

  it('issues through intermediates', async () => {
    const lower = await (await ca.intermediate()).intermediate();
    const svid = await lower.issueX509Svid('/orders');
    expect(svid.chain).toHaveLength(3);
    expect(verifiedId(svid)).toBe('spiffe://example.org/orders');
  });

  it('is trusted for its own key only', async () => {
    const namesake = await TestCa.create('example.org', { name: ca.name });
    const svid = await namesake.issueX509Svid('/orders');
    expect(() => verifiedId(svid)).toThrow('no path');
  });

  it('cross-signs the key of another', async () => {
    const old = await TestCa.create('example.org');
    const crossed = await old.intermediate({ name: ca.name, keyOf: ca });
    const svid = await ca.issueX509Svid('/orders');
    const chain = [...svid.chain, crossed.der];
    expect(verifiedId({ ...svid, chain }, old)).toBe('spiffe://example.org/orders');
  });

  it('makes each defect that it is asked for', async () => {
    const expired = await ca.issueX509Svid('/orders', { ttl: -60 });
    expect(() => verifiedId(expired)).toThrow('expired');
    const authority = await ca.issueX509Svid('/orders', { isCa: true });
    expect(parseCertificate(authority.chain[0] as Uint8Array).isCa).toBe(true);
    const uris = ['spiffe://example.org/a', 'spiffe://example.org/b'];
    const two = await ca.issueX509Svid('/orders', { uris });
    expect(() => requireX509SvidLeaf(parseCertificate(two.chain[0] as Uint8Array))).toThrow('exactly one');
  });

  it('issues JWT-SVIDs that its JWK set verifies', () => {
    const token = ca.issueJwtSvid('/orders', { audience: ['a', 'b'] });
    const bundles = parseJwtBundleJwks(trustDomain, ca.jwks);
    const svid = verifyJwtSvid(token, { bundles, audience: ['b'], at: now });
    expect([svid.id.uri, svid.audience]).toEqual(['spiffe://example.org/orders', ['a', 'b']]);
  });
});
