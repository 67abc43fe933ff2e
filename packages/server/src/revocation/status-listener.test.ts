import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperatorRevocationClient, revocationService } from '@signet/api';
import { type Certificate, parseCertificate, parseCrl, parseJwtSvidInsecure, verifyCrl } from '@signet/core';
import { freePort } from '../../../../test/kit/free-port.ts';
import { callUnary } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import { TestServer } from '../../../../test/kit/test-server.ts';

interface StatusClaim {
  readonly idx: number;
  readonly uri: string;
}

describe('CRLs and status lists over HTTP', () => {
  let server: TestServer;
  let base: string;
  let client: OperatorRevocationClient;
  let authority: Certificate;
  let crlUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    server = await TestServer.start({
      server: `status_list_uri = "${base}/status-lists"`,
      blocks: `status_listener { bind_port = ${port} }`,
    });
    client = server.local.of<OperatorRevocationClient>(revocationService);
    const bundle = await callUnary(server.local.bundle, server.local.bundle.GetBundle, {});
    authority = parseCertificate(bundle.x509_authorities[0]?.asn1 ?? Buffer.of());
    crlUrl = `${base}/crls/${Buffer.from(authority.subjectKeyId ?? []).toString('hex')}.crl`;
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  async function mintX509(): Promise<Certificate> {
    const { der: csr } = testCsr({ uri: 'spiffe://example.org/status' });
    const { svid } = await callUnary(server.local.svid, server.local.svid.MintX509SVID, { csr });
    return parseCertificate(svid?.cert_chain[0] ?? Buffer.of());
  }

  async function mintJwt(): Promise<string> {
    const id = { trust_domain: 'example.org', path: '/status' };
    const request = { id, audience: ['a'], ttl: 300 };
    return (await callUnary(server.local.svid, server.local.svid.MintJWTSVID, request)).svid?.token ?? '';
  }

  function statusOf(token: string): StatusClaim {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      status: { status_list: StatusClaim };
    };
    return claims.status.status_list;
  }

  async function isListed({ idx, uri }: StatusClaim): Promise<boolean> {
    const token = await (await fetch(uri)).text();
    const { status_list: list } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as { status_list: { lst: string } };
    const bits = inflateSync(Buffer.from(list.lst, 'base64url'));
    return ((bits[idx >> 3] ?? 0) >> (idx & 7)) % 2 === 1;
  }

  async function until(condition: () => Promise<boolean>): Promise<number> {
    const begun = performance.now();
    while (!(await condition())) {
      if (performance.now() - begun > 5000) throw new Error('it did not happen');
    }
    return performance.now() - begun;
  }

  it('has a CRL from the start, as RFC 2585 wants it served', async () => {
    const response = await fetch(crlUrl);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pkix-crl');
    expect(response.headers.get('cache-control')).toMatch(
      /^public, max-age=([1-9]|[1-5]\d|60), must-revalidate$/,
    );
    const crl = parseCrl(new Uint8Array(await response.arrayBuffer()));
    verifyCrl(crl, authority, { at: Math.floor(Date.now() / 1000) });
  });

  it('has a revoked X509-SVID in it within a second', async () => {
    const svid = await mintX509();
    await callUnary(client, client.Revoke, { x509_svid: { serial: svid.serialHex } });
    const tookMs = await until(async () => {
      const crl = parseCrl(new Uint8Array(await (await fetch(crlUrl)).arrayBuffer()));
      return crl.revoked.has(svid.serialHex);
    });
    expect(tookMs).toBeLessThan(1000);
  });

  it('has a revoked JWT-SVID in its status list within a second, by jti and by SPIFFE ID', async () => {
    const [first, second, third] = [await mintJwt(), await mintJwt(), await mintJwt()];
    const [one, two, three] = [statusOf(first), statusOf(second), statusOf(third)];
    expect([await isListed(one), await isListed(two)]).toEqual([false, false]);
    const jti = parseJwtSvidInsecure(first).claims.get('jti') as string;
    await callUnary(client, client.Revoke, { jwt_svid: { jti } });
    expect(await until(() => isListed(one))).toBeLessThan(1000);
    expect([await isListed(two), await isListed(three)]).toEqual([false, false]);
    await callUnary(client, client.Revoke, { subject: { spiffe_id: 'spiffe://example.org/status' } });
    expect(await until(async () => (await isListed(two)) && isListed(three))).toBeLessThan(1000);
  });

  it('answers as caches expect', async () => {
    const { uri } = statusOf(await mintJwt());
    for (const [url, type] of [
      [crlUrl, 'application/pkix-crl'],
      [uri, 'application/statuslist+jwt'],
    ] as const) {
      const { headers } = await fetch(url);
      const etag = headers.get('etag') ?? '';
      expect([headers.get('content-type'), etag]).toEqual([type, expect.stringMatching(/^"[\w-]{43}"$/)]);
      const head = await fetch(url, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, headers.get('content-length')]);
      const known = await fetch(url, { headers: { 'if-none-match': `"other", ${etag}` } });
      expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, etag, '']);
      const changed = { 'if-none-match': '"other"', 'if-modified-since': new Date().toUTCString() };
      expect((await fetch(url, { headers: changed })).status).toBe(200);
      const modified = headers.get('last-modified');
      if (modified !== null) {
        expect((await fetch(url, { headers: { 'if-modified-since': modified } })).status).toBe(304);
        const before = new Date(Date.parse(modified) - 1000).toUTCString();
        expect((await fetch(url, { headers: { 'if-modified-since': before } })).status).toBe(200);
      }
    }
  });

  it.each([
    ['/', 'GET', 404],
    ['/crls/', 'GET', 404],
    ['/crls/00.crl', 'GET', 404],
    ['/crls/../../etc/passwd', 'GET', 404],
    ['/status-lists/AAAAAAAAAAAA', 'GET', 404],
    ['/crls/00.crl', 'POST', 405],
    ['/crls/00.crl', 'DELETE', 405],
  ])('%s: %s is %i', async (path, method, status) => {
    expect((await fetch(`${base}${path}`, { method })).status).toBe(status);
  });
});
