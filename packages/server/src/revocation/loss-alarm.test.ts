import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseSpiffeId, parseTrustDomain } from '@signet/core';
import { noMetrics } from '@signet/daemon';
import { openEntryIndex } from '../authz/entry-index.ts';
import { lineLogger } from '../ca/testdata/test-authority.ts';
import { SEQUENCES_PER_SECOND } from '../datastore/revocation-store.ts';
import { openSqliteDatastore } from '../datastore/sqlite/open-sqlite-datastore.ts';
import { AgentFeeds } from '../feed/agent-feeds.ts';
import { type FeedSession } from '../feed/feed-session.ts';
import { noStatusDocuments } from '../feed/status-documents.ts';
import { revocationProblem, revocationWarning } from './revocation-problem.ts';
import { ServerRevocations } from './server-revocations.ts';

const NOW = 1_800_000_000;
const A = parseSpiffeId('spiffe://example.org/spire/agent/a');
const B = parseSpiffeId('spiffe://example.org/spire/agent/b');
const trustDomain = parseTrustDomain('example.org');
const carrier = { end: () => undefined, cut: () => undefined, isDraining: () => false };

/** A server as far as revocations go. */
async function serve(folder: string, clock: { nowMs(): number }, log: string[] = []) {
  const datastore = await openSqliteDatastore({ path: join(folder, 'a.sqlite3'), clock });
  const journalPath = join(folder, 'revocations.journal');
  const logger = lineLogger(log);
  const revocations = await ServerRevocations.open({
    datastore,
    journalPath,
    clock,
    metrics: noMetrics,
    logger,
  });
  const index = await openEntryIndex(datastore, trustDomain);
  const feeds = await AgentFeeds.open({
    trustDomain,
    clock,
    metrics: noMetrics,
    index,
    datastore,
    revocations,
    statusDocuments: noStatusDocuments,
    heartbeatMs: 5000,
    taskLeaseMs: 15_000,
  });
  return {
    revocations,
    revoke: async (serialHex: string): Promise<number> => {
      const { revocation } = await datastore.revocations.revoke({
        target: { kind: 'x509', authorityId: 'aa', serialHex, isOurs: true },
        reason: 'unspecified',
        actor: 'a',
        comment: '',
        horizon: NOW + 100_000,
        isDryRun: false,
      });
      await revocations.synced();
      return revocation;
    },
    connect: (agentId: typeof A, afterRevocation: number) =>
      told(feeds.connect(agentId, { datastoreId: datastore.id, afterChange: 0, afterRevocation }, carrier)),
    problem: () => revocationProblem(revocations),
    warning: () => revocationWarning(revocations),
    close: async () => {
      feeds.stop();
      index.close();
      await revocations.close();
      await datastore.close();
    },
  };
}

/** The serial numbers that an agent is told of at once, and whether it is told to forget all others. */
function told(session: FeedSession) {
  const serials: string[] = [];
  let isFullState = false;
  for (;;) {
    const message = session.next();
    for (const { x509_svid } of message.revocations ?? [])
      serials.push(Buffer.from(x509_svid?.serial ?? []).toString('hex'));
    isFullState ||= message.is_full_state === true;
    if (message.more !== true) return { serials, isFullState };
  }
}

describe('an older backup of everything was restored', () => {
  let [folder, backup] = ['', ''];
  let seconds: number;
  let log: string[];
  let server: Awaited<ReturnType<typeof serve>>;
  /** What agents hold that were told before the restore. */
  let lost: number;
  const clock = { nowMs: () => seconds * 1000 };
  const restart = async (): Promise<void> => {
    await server.close();
    server = await serve(backup, clock, log);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signet-lost-'));
    backup = mkdtempSync(join(tmpdir(), 'signet-lost-'));
    [seconds, log] = [NOW, []];
    server = await serve(folder, clock);
    for (const serial of ['01', '02', '03']) await server.revoke(serial);
    await server.close();
    cpSync(folder, backup, { recursive: true });
    server = await serve(folder, clock);
    seconds += 60;
    for (const serial of ['04', '05', '06', '07']) lost = await server.revoke(serial);
    await server.close();
    seconds += 60;
    server = await serve(backup, clock, log);
  });
  afterEach(async () => {
    await server.close();
    for (const each of [folder, backup]) rmSync(each, { recursive: true });
  });

  it.each([[1], [4], [9]])('agents hear of all %i revocations that followed', async (count) => {
    const added: string[] = [];
    for (let i = 0; i < count; i++) {
      added.push(`a${i}`);
      expect(await server.revoke(`a${i}`)).toBeGreaterThan(lost);
    }
    const { serials, isFullState } = server.connect(A, lost);
    expect([isFullState, serials]).toEqual([false, ['01', '02', '03', ...added]]);
    expect(server.warning()).toContain(A.uri);
  });

  it('gives higher sequences also when its clock was set back since', async () => {
    const before = await server.revoke('a0');
    seconds = NOW - 3600;
    expect(await server.revoke('a1')).toBe(before + 1);
  });

  it('tells when the alarm begins and when it ends', async () => {
    const problems: boolean[] = [];
    server.revocations.onTurn(() => problems.push(server.problem() !== undefined));
    server.connect(A, lost);
    server.connect(B, lost);
    await server.revocations.noteRecovered(seconds);
    expect(problems).toEqual([false, true, false]);
  });

  it('is ready as long as one agent alone says so, whatever it says; nothing of that changes sequences', async () => {
    const { latest } = server.revocations;
    for (let i = 0; i < 50; i++) server.connect(A, lost + i);
    expect([server.problem(), server.revocations.latest]).toEqual([undefined, latest]);
    expect(log.filter((line) => line.includes(A.uri))).toHaveLength(1);
    await restart();
    expect([server.problem(), server.warning()]).toEqual([undefined, expect.stringContaining(A.uri)]);
  });

  it('is not ready when two agents say so, until it is made up for; then no other agent raises it again', async () => {
    server.connect(A, lost);
    seconds += 10;
    server.connect(B, lost);
    expect(server.problem()).toContain('svid revoke -issuedBefore 2027-01-15T08:02:10.000Z');
    expect(log.join()).toMatch(/Agents hold revocations that are lost here/);
    await restart();
    expect(server.problem()).toBeDefined();
    await server.revocations.noteRecovered(seconds - 1);
    expect(server.problem()).toBeDefined();
    await server.revocations.noteRecovered(seconds);
    expect([server.problem(), server.warning()]).toEqual([undefined, undefined]);
    await restart();
    server.connect(B, lost);
    server.connect(A, lost - 1);
    expect([server.problem(), server.warning()]).toEqual([undefined, undefined]);
  });

  it('does not believe what cannot have been given yet, and says so once', () => {
    for (const claim of [(seconds + 3600) * SEQUENCES_PER_SECOND, Number.MAX_SAFE_INTEGER]) {
      server.connect(A, claim);
      server.connect(B, claim);
    }
    expect([server.problem(), server.warning()]).toEqual([undefined, undefined]);
    expect(log.filter((line) => line.includes('cannot have been given'))).toHaveLength(1);
  });

  it('knows what was given and has been pruned since, also after a restart', async () => {
    const pruned = await server.revoke('a0');
    seconds += 200_000;
    await server.revocations.prune(seconds);
    await restart();
    await server.revoke('a1');
    server.connect(A, pruned);
    expect(server.warning()).toBeUndefined();
  });
});
