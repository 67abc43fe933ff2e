import { credentials, status, type ServiceError } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createClient,
  type LocalWatchRevocationsResponseOutput,
  type LocalWorkloadClient,
  workloadService,
  type WorkloadX509SVIDResponseOutput,
} from '@signet/api';
import { type Revocation, type RevocationTarget } from '@signet/core';
import { monotonicMs, silentLogger } from '@signet/daemon';
import { withdrawRevoked } from '../revocation/withdraw-revoked.ts';
import { testEntry } from '../testdata/entries.ts';
import { issuedRecord } from '../testdata/records.ts';
import { header, StreamReader, TestEndpoint } from '../testdata/workload-endpoint.ts';

const FAR = 4_000_000_000;
let sequence: number;
let agent: TestEndpoint;
let watcher: LocalWorkloadClient;

function revocation(target: RevocationTarget): Revocation {
  sequence += 1;
  return { sequence, reason: 'unspecified', revokedAt: 1, expiresAt: FAR, target };
}

function revoke(...targets: readonly RevocationTarget[]): void {
  const revocations = targets.map(revocation);
  agent.revocations.apply(revocations, { isFullState: false, latest: sequence });
}

function watch(): StreamReader<LocalWatchRevocationsResponseOutput> {
  return new StreamReader(watcher.WatchRevocations({}, header('true')));
}

function validate(token: string): Promise<ServiceError | null> {
  return new Promise((resolve) => {
    agent.client().ValidateJWTSVID({ svid: token, audience: 'a' }, header('true'), (error) => resolve(error));
  });
}

beforeEach(async () => {
  sequence = 0;
  agent = await TestEndpoint.open();
  agent.know(testEntry('e1'));
  watcher = createClient<LocalWorkloadClient>(
    workloadService,
    `unix:${agent.socket}`,
    credentials.createInsecure(),
    {
      'grpc.use_local_subchannel_pool': 1,
    },
  );
});
afterEach(async () => {
  watcher.close();
  await agent[Symbol.asyncDispose]();
});

describe('WatchRevocations', () => {
  it('tells all that holds first, then what comes', async () => {
    agent.revocations.contact(monotonicMs(), 5_000);
    revoke({ kind: 'task', taskId: 'AAAAAAAAAAAAAAAAAAAAAA' });
    const reader = watch();
    expect(await reader.next()).toMatchObject({
      is_full_state: true,
      more: false,
      revocation: '1',
      age_ms: '0',
    });
    revoke({ kind: 'jwt', jti: 'x' }, { kind: 'x509', authorityId: '0a', serialHex: '0b' });
    const news = await reader.next();
    expect(news).toMatchObject({ is_full_state: false, revocation: '3', is_supported: true });
    expect(news.revocations.map(({ target }) => target)).toEqual(['jwt_svid', 'x509_svid']);
    reader.cancel();
  });

  it('tells a full state in pages, of which only the first begins anew', async () => {
    agent.revocations.contact(monotonicMs(), 5_000);
    revoke(...Array.from({ length: 12_000 }, (_, i) => ({ kind: 'jwt', jti: `${i}` }) as const));
    const reader = watch();
    const pages = [await reader.next(), await reader.next(), await reader.next()];
    expect(pages.map((page) => [page.is_full_state, page.more, page.revocations.length])).toEqual([
      [true, true, 5_000],
      [false, true, 5_000],
      [false, false, 2_000],
    ]);
    reader.cancel();
  });

  it('tells what an earlier run of the agent knew as something new, not as all that holds, until the server has spoken', async () => {
    revoke({ kind: 'jwt', jti: 'x' });
    const reader = watch();
    expect(await reader.next()).toMatchObject({
      is_full_state: false,
      is_supported: true,
      age_ms: `${Number.MAX_SAFE_INTEGER}`,
      revocations: [{ target: 'jwt_svid' }],
    });
    agent.revocations.apply([revocation({ kind: 'jwt', jti: 'y' })], { isFullState: true, latest: 2 });
    agent.revocations.contact(monotonicMs(), 5_000);
    const news = await reader.next();
    expect([news.is_full_state, news.age_ms, news.revocations.length]).toEqual([true, '0', 1]);
    reader.cancel();
  });

  it('encodes what many watchers are told once', () => {
    revoke(...Array.from({ length: 12_000 }, (_, i) => ({ kind: 'jwt', jti: `${i}` }) as const));
    const { log } = agent.revocations;
    expect(log.from(0).bytes).toBe(log.from(4_999).bytes);
    expect(log.from(10_000).bytes).toBe(log.from(10_000).bytes);
    revoke({ kind: 'jwt', jti: 'new' });
    expect(agent.revocations.log).toBe(log);
    expect([log.length, log.from(12_000).next]).toEqual([12_001, 12_001]);
  });

  it.each([
    ['quicker', 1_000],
    ['slower', 60_000],
  ])('counts in the heartbeats of the server, which are %s than its own', async (_, heartbeatMs) => {
    agent.revocations.contact(monotonicMs(), heartbeatMs);
    const reader = watch();
    expect(await reader.next()).toMatchObject({ heartbeat_ms: heartbeatMs });
    reader.cancel();
  });

  it('says that nobody tells of revocations where the server does not', async () => {
    agent.revocations.unsupported();
    const reader = watch();
    expect(await reader.next()).toMatchObject({ is_supported: false, revocations: [] });
    reader.cancel();
  });

  it('needs the security header, and an identity', async () => {
    const bare = new StreamReader(watcher.WatchRevocations({}, header()));
    expect(await bare.failure()).toMatchObject({ code: status.INVALID_ARGUMENT });
    agent.selectors = ['stranger'];
    expect(await watch().failure()).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it('counts among the streams of its user, and out again', async () => {
    const reader = watch();
    await reader.next();
    expect(agent.streams.count).toBe(1);
    reader.cancel();
    await agent.streamsOpen(0);
  });
});

describe('Watchers of one user', () => {
  it('are as many as it may have, and another one when one has gone; its other streams are not counted', async () => {
    await using limited = await TestEndpoint.open({ watcherLimits: { total: 3, perUser: 2 } });
    limited.know(testEntry('e1'));
    const client = createClient<LocalWorkloadClient>(
      workloadService,
      `unix:${limited.socket}`,
      credentials.createInsecure(),
      { 'grpc.use_local_subchannel_pool': 1 },
    );
    const open = () => new StreamReader(client.WatchRevocations({}, header('true')));
    const [first, second] = [open(), open()];
    await Promise.all([first.next(), second.next()]);
    expect(await open().failure()).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'too many watchers of revocations',
    });
    const bundles = new StreamReader(limited.client().FetchX509Bundles({}, header('true')));
    await bundles.next();
    first.cancel();
    await limited.streamsOpen(2);
    const third = open();
    await third.next();
    for (const each of [second, third, bundles]) each.cancel();
    client.close();
  });
});

describe('ValidateJWTSVID of what is revoked', () => {
  it('refuses a token of a revoked SPIFFE ID, and accepts one issued later', async () => {
    const now = Math.floor(Date.now() / 1000);
    const old = agent.authority.jwtSvid('spiffe://example.org/w', ['a'], now - 10);
    expect(await validate(old)).toBeNull();
    revoke({ kind: 'subject', spiffeId: 'spiffe://example.org/w', isPrefix: false, issuedUntil: now - 5 });
    expect(await validate(old)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'the SVID was revoked',
    });
    expect(await validate(agent.authority.jwtSvid('spiffe://example.org/w', ['a'], now))).toBeNull();
  });
});

describe('an X509-SVID that is revoked', () => {
  it('is given up, and another one is wanted', () => {
    const entry = testEntry('e1');
    const record = issuedRecord(agent.authority, entry);
    agent.cache.putSvids([record]);
    let wanted = 0;
    const end = withdrawRevoked({
      revocations: agent.revocations,
      cache: agent.cache,
      jwtSvids: { withdrawRevoked: () => 0 },
      wanted: () => (wanted += 1),
      logger: silentLogger,
    });
    revoke({ kind: 'x509', authorityId: record.authorityKeyId ?? '', serialHex: 'ff' });
    expect(agent.cache.svids.size).toBe(1);
    revoke({ kind: 'x509', authorityId: record.authorityKeyId ?? '', serialHex: record.leaf.serialHex });
    expect(agent.cache.svids.size).toBe(0);
    expect(wanted).toBe(1);
    end();
  });

  it('is told to everybody by the CRLs that come with SVIDs and bundles (WAPI-20)', async () => {
    agent.cache.putSvids([issuedRecord(agent.authority, testEntry('e1'))]);
    const reader = new StreamReader<WorkloadX509SVIDResponseOutput>(
      agent.client().FetchX509SVID({}, header('true')),
    );
    expect((await reader.next()).crl).toEqual([]);
    agent.cache.setCrls([Buffer.of(1, 2), Buffer.of(3)]);
    expect((await reader.next()).crl).toEqual([Buffer.of(1, 2), Buffer.of(3)]);
    agent.cache.setCrls([]);
    expect((await reader.next()).crl).toEqual([]);
    reader.cancel();
  });
});
