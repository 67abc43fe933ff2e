import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  type OperatorRevocationClient,
  type OperatorRevokeRequestInput,
  type OperatorRevokeResponseOutput,
  revocationService,
} from '@signet/api';
import { type Certificate, parseCertificate, parseCrl, verifyCrl, type VerifyCrlOptions } from '@signet/core';
import { freePort } from '../../../../test/kit/free-port.ts';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { until } from '../../../../test/kit/program.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

/** How long a flood lasts, milliseconds. */
const FLOOD_MS = 2_000;
/** Calls a second that one admin gets. */
const RATE = 20;
const now = (): number => Math.floor(Date.now() / 1000);

/** A server whose documents are served over HTTP. */
interface Served {
  readonly server: TestServer;
  readonly base: string;
  readonly operator: OperatorRevocationClient;
  readonly authority: Certificate;
  readonly crlUrl: string;
}

async function serve(trustDomain = 'example.org'): Promise<Served> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = await TestServer.start({
    trustDomain,
    server: `status_list_uri = "${base}/status-lists"`,
    blocks: `status_listener { bind_port = ${port} }`,
  });
  const { x509_authorities: authorities } = await callUnary(
    server.local.bundle,
    server.local.bundle.GetBundle,
    {},
  );
  const authority = parseCertificate(authorities[0]?.asn1 ?? Buffer.of());
  const crlUrl = `${base}/crls/${Buffer.from(authority.subjectKeyId ?? []).toString('hex')}.crl`;
  const operator = server.local.of<OperatorRevocationClient>(revocationService);
  return { server, base, operator, authority, crlUrl };
}

async function bytesOf(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

async function mint({ server }: Served, path = '/x'): Promise<Certificate> {
  const { der: csr } = testCsr({ uri: `spiffe://${server.trustDomain.name}${path}` });
  const { svid } = await callUnary(server.local.svid, server.local.svid.MintX509SVID, { csr });
  return parseCertificate(svid?.cert_chain[0] ?? Buffer.of());
}

function revoke(
  client: OperatorRevocationClient,
  request: OperatorRevokeRequestInput,
  options: { deadline?: number } = {},
): Promise<OperatorRevokeResponseOutput> {
  return callUnary(client, client.Revoke, request, options);
}

/** Why a CRL is refused. */
function refusal(der: Uint8Array, authority: Certificate, options: VerifyCrlOptions): string {
  try {
    verifyCrl(parseCrl(der), authority, options);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('attacks by documents and by requests', () => {
  let own: Served;
  let twin: Served;
  let foreign: Served;

  beforeAll(async () => {
    [own, twin, foreign] = await Promise.all([serve(), serve(), serve('other.org')]);
  }, 90_000);
  afterAll(() => Promise.all([own, twin, foreign].map(({ server }) => server[Symbol.asyncDispose]())));

  it('a stale CRL, replayed: refused as rolled back by who saw the newer one, and when its time is over by all', async () => {
    const stale = await bytesOf(own.crlUrl);
    const svid = await mint(own);
    await revoke(own.operator, { x509_svid: { serial: svid.serialHex } });
    await until(
      async () => parseCrl(await bytesOf(own.crlUrl)).revoked.has(svid.serialHex),
      5_000,
      'the newer CRL',
    );
    const { number: lastNumber } = parseCrl(await bytesOf(own.crlUrl));
    expect(refusal(stale, own.authority, { at: now(), lastNumber })).toBe('ERR_CRL_ROLLED_BACK');
    const { nextUpdate } = parseCrl(stale);
    expect(refusal(stale, own.authority, { at: nextUpdate })).toBe('ERR_CRL_EXPIRED');
    expect(nextUpdate - now()).toBeLessThanOrEqual(600);
    expect(refusal(await bytesOf(own.crlUrl), own.authority, { at: now(), lastNumber })).toBe('accepted');
  }, 20_000);

  it('the CRL of another authority: of the same name, and of another trust domain', async () => {
    for (const other of [twin, foreign]) {
      expect(refusal(await bytesOf(other.crlUrl), own.authority, { at: now() })).toBe('ERR_CRL_ISSUER');
    }
  });

  it('the status list of another authority: neither its key nor its place is that of the token', async () => {
    const tokens = await Promise.all([own, twin].map(mintToken));
    const [ownList, otherList] = await Promise.all(tokens.map(listOf));
    expect(ownList?.place).toBe(ownList?.subject);
    expect(otherList?.subject).not.toBe(ownList?.place);
    expect(otherList?.keyId).not.toBe(ownList?.keyId);
    const { jwt_authorities: keys } = await callUnary(
      own.server.local.bundle,
      own.server.local.bundle.GetBundle,
      {},
    );
    const key = createPublicKey({
      key: keys[0]?.public_key ?? Buffer.of(),
      format: 'der',
      type: 'spki',
    });
    expect([isSignedBy(ownList?.token ?? '', key), isSignedBy(otherList?.token ?? '', key)]).toEqual([
      true,
      false,
    ]);
  });

  it('the serial number of a foreign trust domain: named with its authority or without, it is none of ours', async () => {
    const theirs = await mint(foreign);
    const authorityId = Buffer.from(theirs.authorityKeyId ?? []).toString('hex');
    for (const id of [{}, { authority_id: authorityId }]) {
      const failure = await failureOf(
        revoke(own.operator, { x509_svid: { serial: theirs.serialHex, ...id } }),
      );
      expect(failure.code).toBe(status.NOT_FOUND);
    }
    expect(parseCrl(await bytesOf(own.crlUrl)).revoked.has(theirs.serialHex)).toBe(false);
  });

  it('a flood of revocations by one admin: its rate is bounded, and everybody else is answered', async () => {
    const admin = await adminOf(own);
    const agent = await own.server.attestAgent();
    const asAgent = await own.server.connect(agent);
    const flooder = admin.of<OperatorRevocationClient>(revocationService);
    const deadline = Date.now() + FLOOD_MS;
    const flood = Array.from({ length: 400 }, (_, i) =>
      revoke(flooder, { subject: { spiffe_id: `spiffe://example.org/flood/${i}` } }, { deadline }).then(
        () => true,
        () => false,
      ),
    );
    const waits: number[] = [];
    for (let round = 0; Date.now() < deadline; round++) {
      const begun = performance.now();
      await callUnary(asAgent.bundle, asAgent.bundle.GetBundle, {});
      await revoke(own.operator, { subject: { spiffe_id: `spiffe://example.org/other/${round % 4}` } });
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const done = (await Promise.all(flood)).filter(Boolean).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(RATE + (RATE * FLOOD_MS) / 1000 + 5);
    expect(Math.max(...waits)).toBeLessThan(1_500);
  }, 30_000);
});

async function adminOf({ server }: Served): Promise<TestClients> {
  const { local } = server;
  const id = (path: string): { trust_domain: string; path: string } => ({
    trust_domain: 'example.org',
    path,
  });
  const agent = await server.attestAgent();
  const entry = {
    parent_id: id(new URL(agent.uri).pathname),
    spiffe_id: id('/admin'),
    selectors: [{ type: 'unix', value: 'uid:1' }],
    admin: true,
  };
  await callUnary(local.entry, local.entry.BatchCreateEntry, { entries: [entry] });
  return server.connect(await server.mint('/admin'));
}

async function mintToken({ server }: Served): Promise<string> {
  const id = { trust_domain: 'example.org', path: '/x' };
  const { svid } = await callUnary(server.local.svid, server.local.svid.MintJWTSVID, { id, audience: ['a'] });
  return svid?.token ?? '';
}

/** The list that a token names, with where it is, whose it says to be, and who signed it. */
async function listOf(
  svid: string,
): Promise<{ place: string; subject: string; keyId: string; token: string }> {
  const claims = part(svid, 1) as unknown as { status: { status_list: { uri: string } } };
  const place = claims.status.status_list.uri;
  const token = await (await fetch(place)).text();
  return { place, subject: part(token, 1)['sub'] ?? '', keyId: part(token, 0)['kid'] ?? '', token };
}

function part(token: string, index: number): Record<string, string> {
  const json = Buffer.from(token.split('.')[index] ?? '', 'base64url').toString();
  return JSON.parse(json) as Record<string, string>;
}

function isSignedBy(token: string, key: ReturnType<typeof createPublicKey>): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(`${header}.${claims}`), options, Buffer.from(signature, 'base64url'));
}
