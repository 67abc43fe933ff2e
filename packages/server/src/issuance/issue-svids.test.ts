import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCertificate, parseSpiffeId, type RegistrationEntry, type SignetError } from '@signet/core';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';
import {
  TEST_NOW,
  testAuthority,
  testTrustDomain,
  testWorld,
  type TestWorld,
} from '../ca/testdata/test-authority.ts';
import { testCsr, testKey } from '../ca/testdata/test-csr.ts';
import type { IssuedCredential } from '../ca/issued-credential.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { issueAgentSvid } from './issue-agent-svid.ts';
import { issueJwtSvid } from './issue-jwt-svid.ts';
import { issueServerSvid } from './issue-server-svid.ts';
import { issueX509Svids } from './issue-x509-svids.ts';
import { mintJwtSvid } from './mint-jwt-svid.ts';
import { mintX509Svid } from './mint-x509-svid.ts';
import { generateKeyPairSync } from 'node:crypto';

const spiffeId = parseSpiffeId('spiffe://example.org/web');
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/join_token/abc');
const actor = 'local:uid:0';
const heard: IssuedCredential[] = [];
const csr = testCsr({ uris: [spiffeId.uri] });
const forged = testCsr({
  uris: [spiffeId.uri],
  signer: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
});

const entry: RegistrationEntry = {
  id: 'entry-1',
  parentId: agentId,
  spiffeId,
  selectors: [{ type: 'unix', value: 'uid:1' }],
  x509SvidTtl: 120,
  jwtSvidTtl: 0,
  federatesWith: [],
  admin: false,
  downstream: false,
  expiresAt: 0,
  dnsNames: ['web.example.org'],
  revisionNumber: 0,
  storeSvid: false,
  hint: 'public',
  createdAt: TEST_NOW,
  disableX509SvidPrefetch: false,
  jwtSvidIncludeJti: false,
};

let world: TestWorld;
let authority: CertificateAuthority;
let deps: IssuanceDeps;

beforeAll(async () => {
  world = testWorld();
  authority = testAuthority(world, {}, (credentials) => void heard.push(...credentials));
  await authority.start();
  const settings = {
    trustDomain: testTrustDomain,
    defaultX509SvidTtl: 3600,
    defaultJwtSvidTtl: 300,
    agentTtl: 0,
    disableJwtSvids: false,
    jwtSvidJti: true,
  };
  deps = { authority, settings, clock: world.time };
});
afterAll(() => authority.close());

async function refusal(call: Promise<unknown>): Promise<SignetError> {
  return call.then(
    () => Promise.reject(new Error('was not refused')),
    (error: unknown) => error as SignetError,
  );
}

describe('mintX509Svid', () => {
  it.each([
    { name: 'default TTL', ttl: 0, end: 3600 },
    { name: 'negative TTL', ttl: -1, end: 3600 },
    { name: 'TTL asked for', ttl: 77, end: 77 },
    { name: 'TTL beyond the CA', ttl: 999_999, end: 86_400 },
  ])('mints what the CSR names: $name', async ({ ttl, end }) => {
    const svid = await mintX509Svid({ csrDer: csr, ttl, actor }, deps);
    expect(svid).toMatchObject({
      spiffeId,
      expiresAt: TEST_NOW + end,
      authorityId: authority.activeX509Authority().authorityId,
    });
    expect(svid.chainDer).toHaveLength(1);
  });

  it.each([
    { name: 'missing', csrDer: Buffer.alloc(0), code: 'ERR_CSR_MISSING', message: 'missing CSR' },
    {
      name: 'malformed',
      csrDer: Buffer.from('nope'),
      code: 'ERR_CSR_MALFORMED',
      message: /^malformed CSR: /,
    },
    {
      name: 'forged',
      csrDer: forged,
      code: 'ERR_CSR_SIGNATURE',
      message: /^failed to verify CSR signature: /,
    },
    {
      name: 'without URI SAN',
      csrDer: testCsr({}),
      code: 'ERR_CSR_URI_SAN_COUNT',
      message: 'CSR URI SAN is required',
    },
  ])('refuses a CSR: $name', async ({ csrDer, code, message }) => {
    const error = await refusal(mintX509Svid({ csrDer, ttl: 0, actor }, deps));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('issueX509Svids', () => {
  it('answers each item on its own, in order', async () => {
    const results = await issueX509Svids(
      [
        { entry, agentId, csrDer: csr },
        { entry, agentId, csrDer: Buffer.alloc(0) },
        { entry: { ...entry, expiresAt: TEST_NOW }, agentId, csrDer: csr },
        { entry, agentId, csrDer: forged },
        { entry, agentId, csrDer: Buffer.from('nope') },
        { entry: { ...entry, x509SvidTtl: 0, dnsNames: [] }, agentId, csrDer: csr },
      ],
      deps,
    );
    expect(
      results.map((result) => (result.ok ? result.svid.expiresAt - TEST_NOW : result.error.code)),
    ).toEqual([120, 'ERR_CSR_MISSING', 'ERR_NOT_FOUND', 'ERR_CSR_SIGNATURE', 'ERR_CSR_MALFORMED', 3600]);
    expect(results[3]).toMatchObject({
      error: { message: expect.stringMatching(/^invalid CSR signature: /) as unknown },
    });
    if (!results[0]?.ok) throw new Error('was refused');
    const leaf = parseCertificate(results[0].svid.chainDer[0]!);
    expect(leaf).toMatchObject({
      uriSans: [spiffeId.uri],
      dnsSans: ['web.example.org'],
      subjectCommonName: 'web.example.org',
    });
  });

  it('gives an empty answer to an empty batch', async () => {
    expect(await issueX509Svids([], deps)).toEqual([]);
  });

  it('keeps apart what the caller may wait out', async () => {
    const unstarted = testAuthority(testWorld());
    const [result] = await issueX509Svids([{ entry, agentId, csrDer: csr }], {
      ...deps,
      authority: unstarted,
    });
    expect(result).toMatchObject({
      error: { code: 'ERR_AUTHORITY_NOT_READY', message: 'failed to sign X509-SVID: server is initializing' },
    });
  });
});

describe('issueAgentSvid', () => {
  it('takes the key of the CSR and nothing else', async () => {
    const csrDer = testCsr({
      uris: ['spiffe://example.org/admin'],
      dnsNames: ['bank.example'],
      subject: [['2.5.4.3', 'root']],
    });
    const svid = await issueAgentSvid(
      { agentId, csrDer, by: 'attestation', selectors: [] },
      { ...deps, settings: { ...deps.settings, agentTtl: 600 } },
    );
    const leaf = parseCertificate(svid.chainDer[0]!);
    expect(leaf).toMatchObject({
      uriSans: [agentId.uri],
      dnsSans: [],
      subjectCommonName: undefined,
      notAfter: TEST_NOW + 600,
    });
    expect(leaf.spkiDer).toEqual(
      parseCertificate(
        (await mintX509Svid({ csrDer: testCsr({ key: testKey, uris: [spiffeId.uri] }), ttl: 0, actor }, deps))
          .chainDer[0]!,
      ).spkiDer,
    );
  });

  it.each([
    { name: 'malformed', csrDer: Buffer.from('nope'), code: 'ERR_CSR_MALFORMED' },
    { name: 'forged', csrDer: forged, code: 'ERR_CSR_SIGNATURE' },
  ])('refuses a CSR: $name', async ({ csrDer, code }) => {
    const error = await refusal(issueAgentSvid({ agentId, csrDer, by: 'attestation', selectors: [] }, deps));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^failed to parse CSR: /);
  });
});

describe('JWT-SVIDs', () => {
  const claimsOf = (token: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

  it('are minted with what was asked for', async () => {
    const { token } = await mintJwtSvid({ spiffeId, audience: ['a', '', 'b'], ttl: 60, actor }, deps);
    expect(claimsOf(token)).toEqual({
      aud: ['a', 'b'],
      exp: TEST_NOW + 60,
      iat: TEST_NOW,
      jti: expect.any(String) as unknown,
      sub: spiffeId.uri,
    });
  });

  it('each get a token ID of 16 octets, as SPIRE makes them', async () => {
    const request = { entry, agentId, audience: ['a'] };
    const [first, second] = [await issueJwtSvid(request, deps), await issueJwtSvid(request, deps)].map(
      ({ token }) => claimsOf(token),
    );
    expect(Buffer.from(String(first?.['jti']), 'base64url')).toHaveLength(16);
    expect(first?.['jti']).not.toBe(second?.['jti']);
    expect(first).toMatchObject({ exp: TEST_NOW + 300 });
  });

  it("get one only where the entry asks for it when jwt_svid_jti is off: SPIRE's default shape", async () => {
    const spire = { ...deps, settings: { ...deps.settings, jwtSvidJti: false } };
    const claims = async (change: object): Promise<readonly string[]> => {
      const request = { entry: { ...entry, ...change }, agentId, audience: ['a'] };
      return Object.keys(claimsOf((await issueJwtSvid(request, spire)).token)).sort();
    };
    expect(await claims({})).toEqual(['aud', 'exp', 'iat', 'sub']);
    expect(await claims({ jwtSvidIncludeJti: true })).toEqual(['aud', 'exp', 'iat', 'jti', 'sub']);
    const minted = await mintJwtSvid({ spiffeId, audience: ['a'], ttl: 60, actor }, spire);
    expect(Object.keys(claimsOf(minted.token)).sort()).toEqual(['aud', 'exp', 'iat', 'sub']);
  });

  it('are refused when they are off', async () => {
    const off = { ...deps, settings: { ...deps.settings, disableJwtSvids: true } };
    expect(await refusal(mintJwtSvid({ spiffeId, audience: ['a'], ttl: 0, actor }, off))).toMatchObject({
      code: 'ERR_JWT_DISABLED',
    });
    expect(await refusal(issueJwtSvid({ entry, agentId, audience: ['a'] }, off))).toMatchObject({
      code: 'ERR_JWT_DISABLED',
    });
  });
});

describe('the origin that the issued hook hears', () => {
  it('says who asked, for what and why', async () => {
    heard.length = 0;
    await mintX509Svid({ csrDer: csr, ttl: 0, actor }, deps);
    await issueX509Svids([{ entry, agentId, csrDer: csr }], deps);
    await issueAgentSvid({ agentId, csrDer: csr, by: 'renewal', selectors: entry.selectors }, deps);
    await issueServerSvid('ec-p256', deps);
    const { token } = await issueJwtSvid({ entry, agentId, audience: ['a'] }, deps);
    const { jti } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { jti: string };
    const ofEntry = { by: 'entry', entryId: entry.id, agentId, selectors: entry.selectors };
    expect(heard).toMatchObject([
      { kind: 'x509', issuedAt: TEST_NOW, origin: { by: 'mint', actor } },
      { kind: 'x509', origin: ofEntry },
      { kind: 'x509', origin: { by: 'renewal', agentId, selectors: entry.selectors } },
      { kind: 'x509', origin: { by: 'server' } },
      { kind: 'jwt', jti, origin: ofEntry },
    ]);
  });
});
