import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type LocalWatchRevocationsResponseInput, revocationToWire } from '@signet/api';
import { parseCertificate, parseSpiffeId, type RevocationTarget, X509Bundle } from '@signet/core';
import { until } from '../../../../test/kit/program.ts';
import { TestCa, type TestX509Svid } from '../../../../test/kit/test-ca.ts';
import { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { x509Message } from '../../../../test/kit/workload-messages.ts';
import { X509Source, type X509SourceOptions } from '../source/x509-source.ts';
import { TASK_ID } from '../testdata/test-task.ts';

const NEVER = 4_000_000_000;
const HEARTBEAT_MS = 60_000;
let ca: TestCa;
let partner: TestCa;
let own: TestX509Svid;
let peer: TestX509Svid;
let api: FakeWorkloadApi;
let source: X509Source | undefined;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
  partner = await TestCa.create('partner.org');
  own = await ca.issueX509Svid('/own');
  peer = await ca.issueX509Svid('/peer');
});

beforeEach(async () => {
  api = await FakeWorkloadApi.start();
  api.x509Svids.push(x509Message({ svids: [own], bundle: [ca], federated: [partner] }));
});

afterEach(async () => {
  source?.close();
  await api[Symbol.asyncDispose]();
});

/** A message of the agent: current, unless it says otherwise. */
function news(
  targets: readonly RevocationTarget[],
  message: LocalWatchRevocationsResponseInput & { readonly from?: number } = {},
): LocalWatchRevocationsResponseInput {
  const { from = 1, ...more } = message;
  return {
    revocations: targets.map((target, i) =>
      revocationToWire({
        sequence: from + i,
        reason: 'unspecified',
        revokedAt: 1_000,
        expiresAt: NEVER,
        target,
      }),
    ),
    heartbeat_ms: HEARTBEAT_MS,
    is_supported: true,
    trust_domain: 'example.org',
    ...more,
  };
}

function serialOf({ chain }: TestX509Svid): RevocationTarget {
  const { authorityKeyId, serialHex } = parseCertificate(chain[0] as Uint8Array);
  return { kind: 'x509', authorityId: Buffer.from(authorityKeyId ?? []).toString('hex'), serialHex };
}

async function open(
  first: LocalWatchRevocationsResponseInput,
  options: X509SourceOptions = {},
): Promise<X509Source> {
  api.revocations.push(first);
  source = await X509Source.open({ endpoint: api.endpoint, ...options });
  return source;
}

/** Why the holder of an SVID is refused. */
function refusal({ chain }: TestX509Svid): string | undefined {
  const leaf = parseCertificate(chain[0] as Uint8Array);
  if (source === undefined) throw new Error('there is no source');
  return source.refusalOf(parseSpiffeId(leaf.uriSans[0] ?? ''), leaf)?.code;
}

describe('what an agent says was revoked', () => {
  it('is refused, and nothing else is', async () => {
    await open(news([serialOf(peer)], { is_full_state: true }));
    expect([refusal(peer), refusal(own)]).toEqual(['ERR_SVID_REVOKED', undefined]);
  });

  it('is refused as soon as it comes', async () => {
    await open(news([], { is_full_state: true }));
    expect(refusal(peer)).toBeUndefined();
    api.revocations.push(news([serialOf(peer)]));
    await until(() => refusal(peer) === 'ERR_SVID_REVOKED', 4_000);
  });

  it('does not count for another trust domain, even by its serial numbers, its SPIFFE IDs or its tasks', async () => {
    const theirs = await partner.issueX509Svid('/peer', { taskId: TASK_ID });
    const subject = {
      kind: 'subject',
      spiffeId: 'spiffe://partner.org',
      isPrefix: true,
      issuedUntil: NEVER,
    } as const;
    const task = { kind: 'task', taskId: TASK_ID } as const;
    await open(news([serialOf(theirs), subject, task], { is_full_state: true }));
    expect(source?.bundles.bundles.get('partner.org')).toBeInstanceOf(X509Bundle);
    expect(refusal(theirs)).toBeUndefined();
    expect(refusal(await ca.issueX509Svid('/peer', { taskId: TASK_ID }))).toBe('ERR_SVID_REVOKED');
  });

  it('stays when the sequence goes back', async () => {
    await open(news([serialOf(peer)], { is_full_state: true, from: 100, revocation: 100 }));
    api.revocations.push(news([serialOf(own)], { from: 1, revocation: 1 }));
    await until(() => refusal(own) === 'ERR_SVID_REVOKED', 4_000);
    expect(refusal(peer)).toBe('ERR_SVID_REVOKED');
  });

  it('stays when the agent was started anew and knows nothing, or says that its server tells of none', async () => {
    await open(news([serialOf(peer)], { is_full_state: true }));
    api.revocations.push(news([], { is_full_state: true, is_supported: false }));
    api.revocations.push(news([serialOf(own)], { age_ms: Number.MAX_SAFE_INTEGER }));
    await until(() => refusal(own) === 'ERR_SVID_REVOKED', 4_000);
    expect(refusal(peer)).toBe('ERR_SVID_REVOKED');
  });

  it('stays when the stream breaks, comes again, and says nothing of it', async () => {
    await open(news([serialOf(peer)], { is_full_state: true }));
    api.revocations.push(news([]));
    api.revocations.drop(status.UNAVAILABLE, 'gone');
    await api.revocations.untilOpened(2);
    expect(refusal(peer)).toBe('ERR_SVID_REVOKED');
  });

  it('stays until another full state is complete: one that breaks off takes nothing away', async () => {
    await open(news([serialOf(peer)], { is_full_state: true }));
    api.revocations.push(news([serialOf(own)], { is_full_state: true, more: true }));
    api.revocations.drop(status.UNAVAILABLE, 'gone');
    await api.revocations.untilOpened(2);
    expect(refusal(peer)).toBe('ERR_SVID_REVOKED');
  });

  it('is not known while a revocation cannot be read: what needs current knowledge is refused', async () => {
    await open(news([], { is_full_state: true, heartbeat_ms: 10 }), {
      failClosed: { scope: 'all', afterMs: 200 },
    });
    expect(refusal(peer)).toBeUndefined();
    api.revocations.push(news([], { revocations: [{ sequence: 1, expires_at: NEVER }] }));
    await until(() => refusal(peer) === 'ERR_REVOCATIONS_STALE', 4_000);
  });
});

describe('an agent that says nothing', () => {
  it.each([
    ['task', undefined, 'ERR_REVOCATIONS_STALE'],
    ['all', 'ERR_REVOCATIONS_STALE', 'ERR_REVOCATIONS_STALE'],
    ['none', undefined, undefined],
  ] as const)('for too long: scope %s', async (scope, ordinary, ofTask) => {
    const inTask = await ca.issueX509Svid('/peer', { taskId: TASK_ID });
    await open(news([], { is_full_state: true }), { failClosed: { scope, afterMs: 0 } });
    await until(() => source?.revocations.isStale === true, 4_000);
    expect([refusal(peer), refusal(inTask)]).toEqual([ordinary, ofTask]);
  });

  it('at all, yet, is not taken for one that tells of none; and who was accepted meanwhile is watched', async () => {
    api.revocations.fail(status.UNAVAILABLE, 'starting');
    source = await X509Source.open({ endpoint: api.endpoint, failClosed: { scope: 'task' } });
    const inTask = await ca.issueX509Svid('/peer', { taskId: TASK_ID });
    expect([refusal(peer), refusal(inTask)]).toEqual([undefined, 'ERR_REVOCATIONS_STALE']);
    expect(refusal(await partner.issueX509Svid('/peer', { taskId: TASK_ID }))).toBeUndefined();
    const leaf = parseCertificate(peer.chain[0] as Uint8Array);
    const socket = new TLSSocket(new Socket());
    const cut = new Promise<Error>((resolve) => socket.once('error', resolve));
    source.watchPeer(socket, parseSpiffeId(leaf.uriSans[0] ?? ''), leaf);
    api.revocations.push(news([serialOf(peer)], { is_full_state: true }));
    expect(await cut).toMatchObject({ code: 'ERR_SVID_REVOKED' });
  });

  it('because it tells of none keeps nobody out', async () => {
    api.revocations.fail(status.UNIMPLEMENTED, 'unknown service');
    source = await X509Source.open({ endpoint: api.endpoint, failClosed: { scope: 'all' } });
    expect(source.revocations).toMatchObject({ isSupported: false, isStale: false });
    expect(refusal(peer)).toBeUndefined();
  });
});
