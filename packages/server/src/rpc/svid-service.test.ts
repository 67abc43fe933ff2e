import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { parseCertificate } from '@signet/core';
import { bytes, callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const { OK, INVALID_ARGUMENT, NOT_FOUND, INTERNAL, RESOURCE_EXHAUSTED, UNIMPLEMENTED } = status;
const id = (path: string) => ({ trust_domain: 'example.org', path });
const WORKLOAD = 'spiffe://example.org/workload';

describe('The SVID API', () => {
  let server: TestServer;
  let clients: TestClients;
  let agent: TestAgent;
  let as: TestClients;

  beforeAll(async () => {
    server = await TestServer.start();
    clients = server.local;
    agent = await server.attestAgent();
    as = await server.connect(agent);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const addEntry = async (parent: string, changes: object = {}) => {
    const entry = {
      parent_id: id(parent),
      spiffe_id: id(`${parent}/w`.replace('/spire', '')),
      selectors: [{ type: 'unix', value: 'uid:1' }],
      ...changes,
    };
    const { results } = await callUnary(clients.entry, clients.entry.BatchCreateEntry, { entries: [entry] });
    return results[0]?.entry?.id ?? '';
  };
  const ownEntry = (changes: object = {}) => addEntry(`/spire/agent/join_token/${agent.token}`, changes);

  describe('MintX509SVID', () => {
    const mint = (csr: Uint8Array, ttl = 0) =>
      callUnary(clients.svid, clients.svid.MintX509SVID, { csr, ttl });

    it.each<[string, Uint8Array, RegExp | string]>([
      ['no CSR', new Uint8Array(), 'missing CSR'],
      ['garbage', bytes('x'), /^malformed CSR: /],
      [
        'T03: a signature by another key',
        testCsr({ uri: WORKLOAD, foreignSignature: true }).der,
        /^failed to verify CSR signature: /,
      ],
      ['no URI SAN', testCsr().der, 'CSR URI SAN is required'],
      ['a foreign ID', testCsr({ uri: 'spiffe://other.org/x' }).der, /^CSR URI SAN is invalid: /],
      [
        'T12: the server ID',
        testCsr({ uri: 'spiffe://example.org/spire/server' }).der,
        /^CSR URI SAN is invalid: /,
      ],
      ['a bad DNS name', testCsr({ uri: WORKLOAD, dnsNames: ['a..b'] }).der, /^CSR DNS name is invalid: /],
      [
        'a wildcard over another name',
        testCsr({ uri: WORKLOAD, dnsNames: ['*.a.test', 'b.a.test'] }).der,
        /^CSR DNS name contains a wildcard that covers another non-wildcard name: /,
      ],
    ])('refuses %s', async (_name, csr, text) => {
      const { code, details } = await failureOf(mint(csr));
      expect(code).toBe(INVALID_ARGUMENT);
      expect(details).toMatch(text);
    });

    it('takes key, URI, DNS names and subject from the CSR, the rest from the server', async () => {
      const csr = testCsr({ uri: WORKLOAD, dnsNames: ['b.test', 'a.test'], commonName: 'mine' });
      const { svid } = await mint(csr.der, 60);
      expect(svid).toMatchObject({ id: id('/workload'), hint: '' });
      expect(svid?.cert_chain).toHaveLength(1);
      const leaf = parseCertificate(svid!.cert_chain[0]!);
      expect(leaf).toMatchObject({
        uriSans: [WORKLOAD],
        dnsSans: ['b.test', 'a.test'],
        subjectCommonName: 'b.test',
        isCa: false,
      });
      expect(leaf.notAfter).toBe(Number(svid?.expires_at));
      const left = leaf.notAfter - Math.floor(Date.now() / 1000);
      expect(left).toBeGreaterThan(50);
      expect(left).toBeLessThanOrEqual(60);
    });

    it('caps the TTL at the authority', async () => {
      const { svid } = await mint(testCsr({ uri: WORKLOAD }).der, 2_000_000_000);
      expect(Number(svid?.expires_at) - Date.now() / 1000).toBeLessThanOrEqual(24 * 3600);
    });
  });

  describe('MintJWTSVID', () => {
    const mint = (request: object) => callUnary(clients.svid, clients.svid.MintJWTSVID, request);

    it.each<[object, status, string]>([
      [{ audience: ['a'] }, INVALID_ARGUMENT, 'invalid SPIFFE ID: request must specify SPIFFE ID'],
      [
        { id: id('/spire/server'), audience: ['a'] },
        INVALID_ARGUMENT,
        'invalid SPIFFE ID: "spiffe://example.org/spire/server" is not a workload in trust domain "example.org"; path is in the reserved namespace',
      ],
      [{ id: id('/x') }, INVALID_ARGUMENT, 'at least one audience is required'],
      [
        { id: id('/x'), audience: [''] },
        INTERNAL,
        'failed to sign JWT-SVID: invalid JWT-SVID audience: cannot be empty',
      ],
    ])('refuses %j', async (request, code, details) => {
      expect(await failureOf(mint(request))).toMatchObject({ code, details });
    });

    it('signs for the audience, always as a list', async () => {
      const { svid } = await mint({ id: id('/x'), audience: ['a', '', 'b'], ttl: 60 });
      const [header, payload] = svid!.token
        .split('.')
        .slice(0, 2)
        .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);
      expect(header).toMatchObject({ alg: 'ES256', typ: 'JWT' });
      expect(payload).toEqual({
        aud: ['a', 'b'],
        sub: 'spiffe://example.org/x',
        jti: expect.any(String) as unknown,
        iat: Number(svid?.issued_at),
        exp: Number(svid?.expires_at),
      });
    });
  });

  describe('BatchNewX509SVID', () => {
    const batch = (params: object[], by = as) => callUnary(by.svid, by.svid.BatchNewX509SVID, { params });

    it('wants parameters', async () => {
      expect(await failureOf(batch([]))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'missing parameters',
      });
    });

    it('takes at most 500 at once', async () => {
      const params = Array.from({ length: 501 }, () => ({ entry_id: 'x', csr: bytes('x') }));
      expect(await failureOf(batch(params))).toMatchObject({
        code: RESOURCE_EXHAUSTED,
        details:
          'rejecting request due to certificate signing rate limiting: rate (501) exceeds burst size (500)',
      });
    });

    it('takes at most 10,000 whatever the rate', async () => {
      const params = Array.from({ length: 10_001 }, () => ({}));
      expect(await failureOf(batch(params))).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'batch has 10001 items, at most 10000 are allowed',
      });
    });

    it('answers each item on its own, in order', async () => {
      const own = await ownEntry({ spiffe_id: id('/batch'), x509_svid_ttl: 120, dns_names: ['d.test'] });
      const csr = testCsr({
        uri: 'spiffe://example.org/not-mine',
        dnsNames: ['evil.test'],
        commonName: 'evil',
      });
      const { results } = await batch([
        { csr: csr.der },
        { entry_id: own },
        { entry_id: own, csr: bytes('x') },
        { entry_id: own, csr: testCsr({ foreignSignature: true }).der },
        { entry_id: 'unknown', csr: csr.der },
        { entry_id: own, csr: csr.der },
      ]);
      expect(results.map((result) => result.status?.message.replace(/: .*/s, ''))).toEqual([
        'missing entry ID',
        'missing CSR',
        'malformed CSR',
        'invalid CSR signature',
        'entry not found or not authorized',
        'OK',
      ]);
      expect(results.map((result) => result.status?.code)).toEqual([
        INVALID_ARGUMENT,
        INVALID_ARGUMENT,
        INVALID_ARGUMENT,
        INVALID_ARGUMENT,
        NOT_FOUND,
        OK,
      ]);
      const svid = results[5]?.svid;
      const leaf = parseCertificate(svid!.cert_chain[0]!);
      expect(svid?.id).toEqual(id('/batch'));
      // T01: of the CSR only the key counts.
      expect(leaf).toMatchObject({
        uriSans: ['spiffe://example.org/batch'],
        dnsSans: ['d.test'],
        subjectCommonName: 'd.test',
      });
    });

    it("T06: refuses every agent every other agent's entry, on every method", async () => {
      const other = await server.attestAgent();
      const asOther = await server.connect(other);
      const mine = await ownEntry({ spiffe_id: id('/mine') });
      const theirs = await addEntry(`/spire/agent/join_token/${other.token}`, { spiffe_id: id('/theirs') });
      const csr = testCsr().der;
      for (const [by, own, foreign] of [
        [as, mine, theirs],
        [asOther, theirs, mine],
      ] as const) {
        const { results } = await batch(
          [
            { entry_id: own, csr },
            { entry_id: foreign, csr },
          ],
          by,
        );
        expect(results.map((result) => result.status?.code)).toEqual([OK, NOT_FOUND]);
        const jwt = (entryId: string) =>
          callUnary(by.svid, by.svid.NewJWTSVID, { entry_id: entryId, audience: ['a'] });
        await jwt(own);
        expect(await failureOf(jwt(foreign))).toMatchObject({
          code: NOT_FOUND,
          details: 'entry not found or not authorized',
        });
        const { entries } = await callUnary(by.entry, by.entry.GetAuthorizedEntries, {});
        expect(entries.map((entry) => entry.id)).not.toContain(foreign);
      }
    });
  });

  describe('NewJWTSVID', () => {
    it('takes ID and lifetime from the entry', async () => {
      const own = await ownEntry({
        spiffe_id: id('/jwt'),
        jwt_svid_ttl: 30,
        additional_attributes: { jwt_svid_include_jti: true },
      });
      const { svid } = await callUnary(as.svid, as.svid.NewJWTSVID, { entry_id: own, audience: ['a'] });
      expect(svid?.id).toEqual(id('/jwt'));
      expect(Number(svid?.expires_at) - Number(svid?.issued_at)).toBe(30);
      const claims = JSON.parse(Buffer.from(svid!.token.split('.')[1]!, 'base64url').toString()) as Record<
        string,
        unknown
      >;
      expect(claims['jti']).toMatch(/^[A-Za-z0-9_-]{22}$/);
    });

    it('wants an audience', async () => {
      const own = await ownEntry({ spiffe_id: id('/jwt-no-audience') });
      const call = callUnary(as.svid, as.svid.NewJWTSVID, { entry_id: own });
      expect(await failureOf(call)).toMatchObject({
        code: INVALID_ARGUMENT,
        details: 'at least one audience is required',
      });
    });
  });

  it('answers UNIMPLEMENTED to everything about JWTs when they are switched off', async () => {
    await using other = await TestServer.start({ server: 'disable_jwt_svids = true' });
    const off = { code: UNIMPLEMENTED, details: 'JWT functionality is disabled' };
    const { svid } = other.local;
    expect(
      await failureOf(callUnary(svid, svid.MintJWTSVID, { id: id('/x'), audience: ['a'] })),
    ).toMatchObject(off);
    const agentThere = await other.connect(await other.attestAgent());
    expect(
      await failureOf(callUnary(agentThere.svid, agentThere.svid.NewJWTSVID, { entry_id: 'x' })),
    ).toMatchObject(off);
    const bundle = await callUnary(other.local.bundle, other.local.bundle.GetBundle, {});
    expect(bundle.jwt_authorities).toEqual([]);
  }, 60_000);
});
