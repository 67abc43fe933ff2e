import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type WorkloadX509SVIDOutput,
  workloadApiService as api,
  type WorkloadX509SVIDResponseOutput,
} from '@signet/api';
import { encodePem, parseCertificate, parseCertificateSequence } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { listeningSockets } from '../kit/listening-sockets.ts';
import { opensslRefusal } from '../kit/openssl.ts';
import { runCommand, until } from '../kit/program.ts';
import { type RawAnswer, rawCall, type RawCallOptions } from '../kit/raw-call.ts';
import { fetchOnce } from '../kit/workload-watcher.ts';

const SELECTORS = [`unix:uid:${process.getuid?.() ?? 0}`];
const WORKLOAD = 'spiffe://example.org/workload';
const AUDIENCES = ['orders', 'billing'];
const HOUR_S = 3600;
/** A look at the files of hardened programs is root's only. */
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('the Workload Endpoint, by a client that is nothing but HTTP/2', () => {
  let deployment: Deployment;
  let parentId: string;
  let svid: WorkloadX509SVIDOutput;
  let fetched: WorkloadX509SVIDResponseOutput;

  const call = (method: keyof typeof api & string, options: RawCallOptions = {}): Promise<RawAnswer> =>
    rawCall(deployment.agentSocket(), `/SpiffeWorkloadAPI/${method}`, options);

  const fetchToken = async (): Promise<string> => {
    const body = api.FetchJWTSVID.requestSerialize({ audience: AUDIENCES });
    const { messages } = await call('FetchJWTSVID', { body });
    return api.FetchJWTSVID.responseDeserialize(messages[0] as Buffer).svids[0]?.svid ?? '';
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ discoverWorkloadPath: false });
    parentId = await deployment.startAgent();
    await deployment.createEntry({ parentId, spiffeId: WORKLOAD, selectors: SELECTORS });
    const isServed = (): Promise<boolean> =>
      fetchOnce(deployment.agentSocket()).then(
        () => true,
        () => false,
      );
    await until(isServed, 30_000, 'the first SVID');
    const { messages } = await call('FetchX509SVID', { messages: 1 });
    fetched = api.FetchX509SVID.responseDeserialize(messages[0] as Buffer);
    svid = fetched.svids[0] as WorkloadX509SVIDOutput;
  }, 120_000);

  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  it.each<[keyof typeof api & string, () => Promise<Uint8Array>]>([
    ['FetchX509SVID', () => Promise.resolve(new Uint8Array())],
    ['FetchX509Bundles', () => Promise.resolve(new Uint8Array())],
    ['FetchJWTBundles', () => Promise.resolve(new Uint8Array())],
    ['FetchJWTSVID', () => Promise.resolve(api.FetchJWTSVID.requestSerialize({ audience: AUDIENCES }))],
    [
      'ValidateJWTSVID',
      async () => api.ValidateJWTSVID.requestSerialize({ audience: 'orders', svid: await fetchToken() }),
    ],
  ])(
    '%s answers in the clear, without a credential (WE-2, WE-7, WE-10, WE-12, WE-18, WAPI-1)',
    async (method, body) => {
      const { messages, status: code } = await call(method, { body: await body(), messages: 1 });
      expect([undefined, status.OK]).toContain(code);
      expect(messages).toHaveLength(1);
    },
  );

  it('the first message of a stream comes at once (WAPI-7)', async () => {
    const times: number[] = [];
    for (let count = 0; count < 20; count++) {
      const start = performance.now();
      await call('FetchX509SVID', { messages: 1 });
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('has no other method than the standard has, and says so (WE-16, WE-17, WAPI-3)', async () => {
    expect(Object.keys(api).sort()).toEqual([
      'FetchJWTBundles',
      'FetchJWTSVID',
      'FetchWITBundles',
      'FetchWITSVID',
      'FetchX509Bundles',
      'FetchX509SVID',
      'ValidateJWTSVID',
    ]);
    for (const path of ['/SpiffeWorkloadAPI/Fetch', '/SpiffeWorkloadAPI/', '/WorkloadAPI/FetchX509SVID'])
      expect((await rawCall(deployment.agentSocket(), path)).status).toBe(status.UNIMPLEMENTED);
  });

  asRoot(
    'listens on a Unix socket that all may use, and nowhere else (WE-1, WE-3, WE-4, OBS-29)',
    async () => {
      expect((await stat(deployment.agentSocket())).mode & 0o777).toBe(0o777);
      const { tcp, unix } = await listeningSockets(deployment.agent.process.pid ?? 0);
      expect(tcp).toEqual([]);
      expect(unix.map((path) => dirname(path))).toEqual([dirname(deployment.agentSocket())]);
    },
  );

  it('knows the caller by the kernel alone: what it says of itself changes nothing (WE-10, WE-11)', async () => {
    const headers = {
      'workload.spiffe.io': 'true',
      authorization: 'Bearer x',
      'x-forwarded-for': '127.0.0.1',
      'x-pid': '1',
      'x-uid': '54321',
    };
    const { messages } = await call('FetchX509SVID', { headers, messages: 1 });
    expect(api.FetchX509SVID.responseDeserialize(messages[0] as Buffer).svids).toHaveLength(1);
  });

  it('gives a chain in DER without its root, and the key that fits in PKCS #8 (WAPI-16, WAPI-17, OBS-10, OBS-11)', () => {
    const [leaf, ...others] = parseCertificateSequence(svid.x509_svid);
    const key = createPrivateKey({ key: svid.x509_svid_key, format: 'der', type: 'pkcs8' });
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(new X509Certificate(leaf?.der ?? '').publicKey.equals(createPublicKey(key))).toBe(true);
    // The authority signs itself: it is in the bundle.
    expect(others).toEqual([]);
    expect(leaf?.uriSans).toEqual([svid.spiffe_id]);
  });

  it('gives authorities that are self-signed and name their trust domain (WAPI-18, X509-31, SID-20)', () => {
    const authorities = parseCertificateSequence(svid.bundle);
    expect(authorities.length).toBeGreaterThan(0);
    for (const { der, uriSans } of authorities) {
      const certificate = new X509Certificate(der);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(uriSans).toEqual(['spiffe://example.org']);
    }
  });

  it('gives X509-SVIDs as all clients want them, for an hour (OBS-12, OBS-27)', async () => {
    const leaf = parseCertificate(svid.x509_svid);
    const text = new X509Certificate(leaf.der);
    expect(leaf.isCa).toBe(false);
    const { stdout } = await runCommand(
      ['openssl', 'x509', '-noout', '-ext', 'basicConstraints,keyUsage'],
      [],
      { input: encodePem('CERTIFICATE', leaf.der) },
    );
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      ...['X509v3 Key Usage: critical', 'Digital Signature, Key Encipherment, Key Agreement'],
      ...['X509v3 Basic Constraints: critical', 'CA:FALSE', ''],
    ]);
    expect([...leaf.extKeyUsages].sort()).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(leaf.notAfter - leaf.notBefore).toBe(HOUR_S + 10);
    expect(Date.parse(text.validTo) - Date.now()).toBeLessThan(HOUR_S * 1000);
  });

  it('gives JWT-SVIDs with the headers and claims of the standard, for five minutes (JWT-2, WAPI-27, OBS-27)', async () => {
    const [header, claims] = (await fetchToken())
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
    expect(Object.keys(header ?? {}).sort()).toEqual(['alg', 'kid', 'typ']);
    expect(claims).toMatchObject({ sub: WORKLOAD, aud: expect.arrayContaining(AUDIENCES) as unknown });
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(300);
  });

  it('a token is no X509-SVID and a certificate no token (SID-22)', async () => {
    for (const document of [
      Buffer.from(svid.x509_svid).toString('base64url'),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`,
      JSON.stringify({ payload: 'e30', signatures: [] }),
    ]) {
      const body = api.ValidateJWTSVID.requestSerialize({ audience: 'orders', svid: document });
      expect((await call('ValidateJWTSVID', { body })).status).toBe(status.INVALID_ARGUMENT);
    }
    expect(() => parseCertificate(Buffer.from('eyJhbGciOiJFUzI1NiJ9.e30.AA'))).toThrow(
      expect.objectContaining({ code: 'ERR_X509_MALFORMED' }),
    );
  });

  it('OpenSSL verifies the chain against the bundle', async () => {
    const { svids, atMs } = await fetchOnce(deployment.agentSocket());
    const { chainPem = '', bundlePem: rootsPem = '' } = svids[0] ?? {};
    expect(await opensslRefusal({ chainPem, rootsPem, atMs })).toBe('');
  });

  it('an entry has a hint of 1,024 bytes at most (WAPI-23)', async () => {
    const create = (hint: string): Promise<{ code: number; stderr: string }> =>
      deployment.cli(
        ...[
          'entry',
          'create',
          '-parentID',
          parentId,
          '-spiffeID',
          `${WORKLOAD}/hinted`,
          '-selector',
          'unix:uid:54321',
        ],
        ...['-hint', hint],
      );
    expect((await create('h'.repeat(1025))).stderr).toContain('hint is too long');
    expect((await create('h'.repeat(1024))).code).toBe(0);
  });
});
