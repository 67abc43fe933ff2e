import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  SpiffeWorkloadAPIClient,
  WorkloadJWTBundlesResponseOutput,
  WorkloadJWTSVIDResponseOutput,
  WorkloadValidateJWTSVIDResponseOutput,
  WorkloadX509BundlesResponseOutput,
  WorkloadX509SVIDResponseOutput,
} from '@signet/api';
import { parseCertificateSequence, parseX509Svid } from '@signet/core';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { TestAuthority } from '../testdata/test-authority.ts';
import { header, StreamReader, TestEndpoint } from '../testdata/workload-endpoint.ts';

let endpoint: TestEndpoint;
let client: SpiffeWorkloadAPIClient;

async function open(options: Parameters<typeof TestEndpoint.open>[0] = {}): Promise<void> {
  endpoint = await TestEndpoint.open(options);
  client = endpoint.client();
}

function x509Svids(metadata = header('true')): StreamReader<WorkloadX509SVIDResponseOutput> {
  return new StreamReader(client.FetchX509SVID({}, metadata));
}

function x509Bundles(): StreamReader<WorkloadX509BundlesResponseOutput> {
  return new StreamReader(client.FetchX509Bundles({}, header('true')));
}

function jwtBundles(): StreamReader<WorkloadJWTBundlesResponseOutput> {
  return new StreamReader(client.FetchJWTBundles({}, header('true')));
}

function jwtSvids(
  audience: string[],
  spiffeId = '',
  metadata = header('true'),
): Promise<WorkloadJWTSVIDResponseOutput> {
  return new Promise((resolve, reject) => {
    client.FetchJWTSVID({ audience, spiffe_id: spiffeId }, metadata, (error, response) =>
      error === null ? resolve(response as WorkloadJWTSVIDResponseOutput) : reject(error),
    );
  });
}

function validate(audience: string, svid: string): Promise<WorkloadValidateJWTSVIDResponseOutput> {
  return new Promise((resolve, reject) => {
    client.ValidateJWTSVID({ audience, svid }, header('true'), (error, response) =>
      error === null ? resolve(response as WorkloadValidateJWTSVIDResponseOutput) : reject(error),
    );
  });
}

function issue(...ids: readonly string[]): void {
  const entries = ids.map((id) => endpoint.cache.entries.get(id)!);
  endpoint.cache.putSvids(entries.map((entry) => issuedRecord(endpoint.authority, entry)));
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => open());
afterEach(async () => {
  await endpoint[Symbol.asyncDispose]();
});

describe('security header (WE-6, T29)', () => {
  const missing = [
    { name: 'missing', metadata: new Metadata() },
    { name: 'in another case', metadata: header('TRUE') },
    { name: 'a number', metadata: header('1') },
    { name: 'empty', metadata: header('') },
    { name: 'twice', metadata: header('true', 'true') },
  ];

  it.each(missing)('$name is refused on streams', async ({ metadata }) => {
    expect(await x509Svids(metadata).failure()).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'security header missing from request',
    });
  });

  it.each(missing)('$name is refused on unary calls', async ({ metadata }) => {
    await expect(jwtSvids(['x'], '', metadata)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('is looked at before anything else (OBS-21)', async () => {
    endpoint.selectors = undefined;
    await expect(jwtSvids([], '', new Metadata())).rejects.toMatchObject({
      details: 'security header missing from request',
    });
  });
});

describe('who gets what status', () => {
  it('no identity is PERMISSION_DENIED with the text that clients know (WE-15, WAPI-24, OBS-3)', async () => {
    endpoint.know();
    const denied = { code: status.PERMISSION_DENIED, details: 'no identity issued' };
    expect(await x509Svids().failure()).toMatchObject(denied);
    expect(await x509Bundles().failure()).toMatchObject(denied);
    expect(await jwtBundles().failure()).toMatchObject(denied);
    await expect(jwtSvids(['x'])).rejects.toMatchObject(denied);
  });

  it('an agent that has not synchronized is UNAVAILABLE (WE-14, OBS-2)', async () => {
    endpoint.synced = false;
    expect(await x509Svids().failure()).toMatchObject({ code: status.UNAVAILABLE });
    await expect(jwtSvids(['x'])).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });

  it('a failed attestation is UNAVAILABLE (OBS-21)', async () => {
    endpoint.know(testEntry('e1'));
    endpoint.selectors = undefined;
    expect(await x509Svids().failure()).toMatchObject({ code: status.UNAVAILABLE });
  });

  it('WIT RPCs are UNIMPLEMENTED (WAPI-36, STB-1)', async () => {
    for (const call of [
      client.FetchWITSVID({}, header('true')),
      client.FetchWITBundles({}, header('true')),
    ]) {
      expect(await new StreamReader<object>(call).failure()).toMatchObject({ code: status.UNIMPLEMENTED });
    }
  });

  it('selectors that the caller lacks keep an entry from it', async () => {
    endpoint.know(testEntry('e1', { needs: ['a', 'b'] }));
    expect(await x509Svids().failure()).toMatchObject({ code: status.PERMISSION_DENIED });
  });
});

describe('FetchX509SVID', () => {
  it('sends chain, key and bundle that belong together (WAPI-15 to WAPI-18, OBS-10, OBS-13)', async () => {
    endpoint.know(testEntry('e1', { hint: 'main' }));
    issue('e1');
    const { svids, crl, federated_bundles: federated } = await x509Svids().next();
    expect(svids).toHaveLength(1);
    const [svid] = svids;
    expect(svid).toMatchObject({ spiffe_id: 'spiffe://example.org/e1', hint: 'main' });
    const parsed = parseX509Svid({ chainDer: svid!.x509_svid, keyPkcs8: svid!.x509_svid_key });
    expect(parsed.id.uri).toBe('spiffe://example.org/e1');
    expect(parseCertificateSequence(svid!.bundle)).toHaveLength(1);
    expect([crl, federated]).toEqual([[], {}]);
  });

  it('lists identities by entry ID, whatever order they came in (WAPI-39, OBS-8)', async () => {
    endpoint.know(testEntry('e3'), testEntry('e1'), testEntry('e2'));
    issue('e2', 'e3', 'e1');
    const { svids } = await x509Svids().next();
    expect(svids.map((svid) => svid.spiffe_id)).toEqual(
      ['e1', 'e2', 'e3'].map((id) => `spiffe://example.org/${id}`),
    );
  });

  it('of entries with the same hint the oldest stays (WAPI-21, OBS-9)', async () => {
    endpoint.know(
      testEntry('e1', { hint: 'h', createdAt: 20 }),
      testEntry('e2', { hint: 'h', createdAt: 10 }),
      testEntry('e3', { hint: 'h', createdAt: 10 }),
      testEntry('e4'),
      testEntry('e5'),
    );
    issue('e1', 'e2', 'e3', 'e4', 'e5');
    const { svids } = await x509Svids().next();
    expect(svids.map((svid) => svid.spiffe_id.slice(-2))).toEqual(['e2', 'e4', 'e5']);
  });

  it('waits until all SVIDs are there, and asks for them (OBS-19)', async () => {
    endpoint.know(testEntry('e1'), testEntry('e2'));
    issue('e1');
    const stream = x509Svids();
    await endpoint.streamsOpen(1);
    expect(endpoint.wanted).toBeGreaterThan(0);
    expect([...endpoint.interest.ids()].sort()).toEqual(['e1', 'e2']);
    expect(stream.pending).toBe(0);
    issue('e2');
    expect((await stream.next()).svids).toHaveLength(2);
  });

  it('never sends an SVID that has expired', async () => {
    endpoint.know(testEntry('e1'));
    const entry = endpoint.cache.entries.get('e1')!;
    const now = Math.floor(Date.now() / 1000);
    endpoint.cache.putSvids([
      issuedRecord(endpoint.authority, entry, { notBefore: now - 100, notAfter: now - 1 }),
    ]);
    const stream = x509Svids();
    await endpoint.streamsOpen(1);
    await settled();
    expect(stream.pending).toBe(0);
    issue('e1');
    expect((await stream.next()).svids).toHaveLength(1);
  });

  it('pushes the whole state when something changes, and only then (WAPI-5, WAPI-6)', async () => {
    endpoint.know(testEntry('e1'), testEntry('e2'));
    issue('e1', 'e2');
    const stream = x509Svids();
    const first = await stream.next();
    endpoint.know(...endpoint.cache.entries.values());
    endpoint.cache.update(
      entryMap(...endpoint.cache.entries.values(), testEntry('other', { needs: ['b'] })),
      [],
    );
    issue('e2');
    const second = await stream.next();
    expect(second.svids).toHaveLength(2);
    expect(second.svids[0]?.x509_svid).toEqual(first.svids[0]?.x509_svid);
    expect(second.svids[1]?.x509_svid).not.toEqual(first.svids[1]?.x509_svid);
    await settled();
    expect(stream.pending).toBe(0);
  });

  it('takes an identity back at once, even while another is still being fetched', async () => {
    endpoint.know(testEntry('e1'), testEntry('e2'));
    issue('e1', 'e2');
    const stream = x509Svids();
    expect((await stream.next()).svids).toHaveLength(2);
    endpoint.know(testEntry('e1'), testEntry('e3'));
    expect((await stream.next()).svids.map((svid) => svid.spiffe_id)).toEqual(['spiffe://example.org/e1']);
    issue('e3');
    expect((await stream.next()).svids).toHaveLength(2);
  });

  it('ends with PERMISSION_DENIED when the last identity is withdrawn', async () => {
    endpoint.know(testEntry('e1'));
    issue('e1');
    const stream = x509Svids();
    await stream.next();
    endpoint.know();
    expect(await stream.failure()).toMatchObject({
      code: status.PERMISSION_DENIED,
      details: 'no identity issued',
    });
    expect(endpoint.interest.isEmpty).toBe(true);
  });

  it('sends bundles of federated trust domains under their IDs, the own one not among them (WAPI-19)', async () => {
    const other = new TestAuthority('other.org');
    const entry = testEntry('e1', { federates: ['other.org', 'example.org', 'unknown.org'] });
    endpoint.cache.update(entryMap(entry), [endpoint.authority.bundle(), other.bundle()]);
    issue('e1');
    const { federated_bundles: federated } = await x509Svids().next();
    expect(Object.keys(federated)).toEqual(['spiffe://other.org']);
    expect(federated['spiffe://other.org']).toEqual(Buffer.from(other.rootDer));
  });

  it('counts out streams that the caller cancels', async () => {
    endpoint.know(testEntry('e1'));
    issue('e1');
    const stream = x509Svids();
    await stream.next();
    expect(endpoint.streams.count).toBe(1);
    stream.cancel();
    await endpoint.streamsOpen(0);
    expect(endpoint.interest.isEmpty).toBe(true);
  });

  it('refuses more streams than one user may have (T30)', async () => {
    endpoint.know(testEntry('e1'));
    issue('e1');
    const streams = Array.from({ length: 41 }, () => x509Svids());
    const results = await Promise.allSettled(streams.map((stream) => stream.next()));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: status.UNAVAILABLE });
  });
});

describe('a stopping agent', () => {
  it('ends streams as UNAVAILABLE, never as OK (WAPI-42, OBS-5, NODE-8)', async () => {
    endpoint.know(testEntry('e1'));
    issue('e1');
    const streams = [x509Svids(), x509Bundles(), jwtBundles()];
    await Promise.all(streams.map((stream) => stream.next()));
    const failures = Promise.all(streams.map((stream) => stream.failure()));
    await endpoint.stop();
    for (const failure of await failures) expect(failure).toMatchObject({ code: status.UNAVAILABLE });
  });
});

describe('bundles', () => {
  it('FetchX509Bundles sends the own and the federated ones (WAPI-26)', async () => {
    const other = new TestAuthority('other.org');
    const entry = testEntry('e1', { federates: ['other.org'] });
    endpoint.cache.update(entryMap(entry), [endpoint.authority.bundle(), other.bundle()]);
    const stream = x509Bundles();
    expect(Object.keys((await stream.next()).bundles).sort()).toEqual([
      'spiffe://example.org',
      'spiffe://other.org',
    ]);
    endpoint.cache.update(entryMap(entry), [endpoint.authority.bundle()]);
    expect(Object.keys((await stream.next()).bundles)).toEqual(['spiffe://example.org']);
  });

  it('FetchJWTBundles sends JWK Sets of JWT keys without `use` (WAPI-31, WAPI-32, OBS-17)', async () => {
    endpoint.know(testEntry('e1'));
    const { bundles } = await jwtBundles().next();
    const set = JSON.parse(bundles['spiffe://example.org']!.toString()) as {
      keys: Record<string, unknown>[];
    };
    expect(set.keys).toHaveLength(1);
    expect(set.keys[0]).toMatchObject({ kid: endpoint.authority.jwtKeyId });
    expect(set.keys[0]).not.toHaveProperty('use');
    expect(set.keys[0]).not.toHaveProperty('x5c');
  });

  it('a changed sequence number alone is no news', async () => {
    endpoint.know(testEntry('e1'));
    const stream = x509Bundles();
    await stream.next();
    endpoint.cache.update(endpoint.cache.entries, [endpoint.authority.bundle({ sequenceNumber: 9n })]);
    await settled();
    expect(stream.pending).toBe(0);
  });

  it('callers without identity get the own bundle where that is allowed, and no other (OBS-20)', async () => {
    await endpoint[Symbol.asyncDispose]();
    await open({ allowUnauthenticatedVerifiers: true });
    const other = new TestAuthority('other.org');
    endpoint.cache.update(entryMap(testEntry('e1', { needs: ['b'], federates: ['other.org'] })), [
      endpoint.authority.bundle(),
      other.bundle(),
    ]);
    expect(Object.keys((await x509Bundles().next()).bundles)).toEqual(['spiffe://example.org']);
    expect(Object.keys((await jwtBundles().next()).bundles)).toEqual(['spiffe://example.org']);
    expect(await x509Svids().failure()).toMatchObject({ code: status.PERMISSION_DENIED });
  });
});

describe('FetchJWTSVID', () => {
  it('gives a token for each identity, with all audiences (WAPI-27, WAPI-28, WAPI-30)', async () => {
    endpoint.know(testEntry('e1', { hint: 'one' }), testEntry('e2'));
    const { svids } = await jwtSvids(['x', 'y']);
    expect(svids.map((svid) => [svid.spiffe_id, svid.hint])).toEqual([
      ['spiffe://example.org/e1', 'one'],
      ['spiffe://example.org/e2', ''],
    ]);
    const claims = JSON.parse(Buffer.from(svids[0]!.svid.split('.')[1]!, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ aud: ['x', 'y'], sub: 'spiffe://example.org/e1' });
  });

  it('gives only the identity that is asked for, and PERMISSION_DENIED for another (WAPI-29)', async () => {
    endpoint.know(testEntry('e1'), testEntry('e2'));
    const { svids } = await jwtSvids(['x'], 'spiffe://example.org/e2');
    expect(svids.map((svid) => svid.spiffe_id)).toEqual(['spiffe://example.org/e2']);
    await expect(jwtSvids(['x'], 'spiffe://example.org/e3')).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
      details: 'no identity issued',
    });
  });

  it.each([
    { name: 'no audience (WAPI-11)', audience: [], id: '' },
    { name: 'only an empty audience', audience: [''], id: '' },
    { name: 'too many audiences (T33)', audience: Array.from({ length: 33 }, (_, i) => `a${i}`), id: '' },
    { name: 'a long audience (T33)', audience: ['a'.repeat(1025)], id: '' },
    { name: 'a malformed SPIFFE ID', audience: ['x'], id: 'spiffe://EXAMPLE.org/x' },
  ])('$name is INVALID_ARGUMENT', async ({ audience, id }) => {
    endpoint.know(testEntry('e1'));
    await expect(jwtSvids(audience, id)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('asks the server once for the same set of audiences', async () => {
    endpoint.know(testEntry('e1'));
    const [first, second] = [await jwtSvids(['x', 'y']), await jwtSvids(['y', 'x'])];
    expect(second.svids[0]?.svid).toBe(first.svids[0]?.svid);
    expect(endpoint.jwtFetches).toBe(1);
  });
});

describe('ValidateJWTSVID', () => {
  it('accepts a token for the audience and gives its claims (WAPI-33, WAPI-34)', async () => {
    endpoint.know(testEntry('e1'));
    const token = endpoint.authority.jwtSvid('spiffe://example.org/e1', ['x']);
    const { spiffe_id: id, claims } = await validate('x', token);
    expect(id).toBe('spiffe://example.org/e1');
    expect(claims?.fields).toMatchObject({
      sub: { stringValue: id },
      aud: { listValue: { values: [{ stringValue: 'x' }] } },
      exp: { numberValue: expect.any(Number) as unknown },
      iat: { numberValue: expect.any(Number) as unknown },
    });
  });

  it('needs no identity (OBS-20)', async () => {
    endpoint.know();
    const token = endpoint.authority.jwtSvid('spiffe://example.org/e1', ['x']);
    await expect(validate('x', token)).resolves.toMatchObject({ spiffe_id: 'spiffe://example.org/e1' });
  });

  it('cuts the claims of foreign trust domains (SID-23, OBS-22)', async () => {
    await endpoint[Symbol.asyncDispose]();
    await open({ allowedForeignJwtClaims: ['nbf'] });
    const other = new TestAuthority('other.org');
    const entry = testEntry('e1', { federates: ['other.org'] });
    endpoint.cache.update(entryMap(entry), [endpoint.authority.bundle(), other.bundle()]);
    const { claims } = await validate('x', other.jwtSvid('spiffe://other.org/w', ['x']));
    expect(Object.keys(claims?.fields ?? {}).sort()).toEqual(['aud', 'exp', 'sub']);
  });

  it('does not use bundles that the caller may not see (WAPI-33)', async () => {
    const other = new TestAuthority('other.org');
    endpoint.cache.update(
      entryMap(testEntry('e1'), testEntry('e2', { needs: ['b'], federates: ['other.org'] })),
      [endpoint.authority.bundle(), other.bundle()],
    );
    await expect(validate('x', other.jwtSvid('spiffe://other.org/w', ['x']))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  const wrong: { name: string; token: () => string; audience?: string }[] = [
    { name: 'another audience', token: () => endpoint.authority.jwtSvid('spiffe://example.org/e1', ['y']) },
    {
      name: 'an expired token',
      token: () => endpoint.authority.jwtSvid('spiffe://example.org/e1', ['x'], 1000, 10),
    },
    { name: 'an unknown key', token: () => new TestAuthority().jwtSvid('spiffe://example.org/e1', ['x']) },
    { name: 'no token at all', token: () => 'x' },
    { name: 'an empty token (WAPI-11)', token: () => '' },
    { name: 'an empty audience (WAPI-11)', token: () => 'x', audience: '' },
  ];
  it.each(wrong)('$name is INVALID_ARGUMENT (GAP-11)', async ({ token, audience = 'x' }) => {
    endpoint.know(testEntry('e1'));
    const error = (await validate(audience, token()).catch((e: unknown) => e)) as ServiceError;
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(error.details).not.toContain('eyJ');
  });
});
