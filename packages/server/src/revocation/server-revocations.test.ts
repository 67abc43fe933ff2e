import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Revocation } from '@signet/core';
import { noMetrics } from '@signet/daemon';
import { lineLogger } from '../ca/testdata/test-authority.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { RevokeTarget } from '../datastore/revocation-store.ts';
import { openSqliteDatastore } from '../datastore/sqlite/open-sqlite-datastore.ts';
import { ServerRevocations } from './server-revocations.ts';

const NOW = 1_800_000_000;
const HORIZON = NOW + 1000;

describe('ServerRevocations', () => {
  let folder: string;
  let seconds: number;
  let log: string[];
  let datastore: Datastore;
  let revocations: ServerRevocations;
  const clock = { nowMs: () => seconds * 1000 };
  const journalPath = () => join(folder, 'revocations.journal');

  const open = async (database = 'a.sqlite3'): Promise<void> => {
    datastore = await openSqliteDatastore({ path: join(folder, database), clock });
    revocations = await ServerRevocations.open({
      datastore,
      journalPath: journalPath(),
      clock,
      metrics: noMetrics,
      logger: lineLogger(log),
    });
  };
  const close = async (): Promise<void> => {
    await revocations.close();
    await datastore.close();
  };
  const revoke = async (target: RevokeTarget): Promise<number> => {
    const grounds = { reason: 'unspecified', actor: 'a', comment: 'c' } as const;
    const { revocation } = await datastore.revocations.revoke({
      target,
      ...grounds,
      horizon: HORIZON,
      isDryRun: false,
    });
    await revocations.synced();
    return revocation;
  };
  const serial = (serialHex: string): RevokeTarget => ({
    kind: 'x509',
    authorityId: 'aa',
    serialHex,
    isOurs: true,
  });
  const held = (): readonly Revocation['target'][] => revocations.after(0, 100).map(({ target }) => target);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signet-revocations-'));
    seconds = NOW;
    log = [];
    await open();
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  it('has in memory what was committed, by the time that its writer hears of it', async () => {
    let told = 0;
    revocations.onChange(() => told++);
    const first = await revoke(serial('01'));
    const second = await revoke(serial('02'));
    expect([revocations.latest, revocations.size, told]).toEqual([second, 2, 2]);
    expect(revocations.after(first, 100).map(({ sequence }) => sequence)).toEqual([second]);
    expect(revocations.after(0, 1).map(({ sequence }) => sequence)).toEqual([first]);
    expect([...revocations.set.values()]).toHaveLength(2);
  });

  it('has it again after a restart', async () => {
    await revoke(serial('01'));
    const before = revocations.after(0, 10);
    await close();
    await open();
    expect(revocations.after(0, 10)).toEqual(before);
    expect(log.filter((line) => !line.startsWith('Revoked'))).toEqual([]);
  });

  it('brings back into an older database what the journal has, with the same sequences', async () => {
    await revoke(serial('01'));
    await revoke({ kind: 'subject', spiffeId: 'spiffe://example.org/a', isPrefix: true, issuedUntil: NOW });
    const before = await datastore.revocations.list(0, 10);
    await close();
    await open('older.sqlite3');
    expect(await datastore.revocations.list(0, 10)).toEqual(before);
    expect(held()).toHaveLength(2);
    expect(log.join()).toMatch(/brought back from the journal.*count=2/);
    expect(await revoke(serial('03'))).toBeGreaterThan(before.at(-1)?.sequence ?? 0);
  });

  it('brings all of it back while the clock is ahead, and has it when the clock is right again', async () => {
    const sequence = await revoke(serial('01'));
    await close();
    seconds = HORIZON + 100_000;
    await open('older.sqlite3');
    expect(held()).toHaveLength(1);
    expect(log.join()).not.toMatch(/brought back from the journal/);
    seconds = NOW;
    await revocations.prune(seconds - 3600);
    await close();
    await open('older.sqlite3');
    expect(revocations.after(0, 10)).toMatchObject([{ sequence, target: { kind: 'x509', serialHex: '01' } }]);
  });

  it('gives no sequence twice, even when all that the journal held has expired', async () => {
    const first = await revoke(serial('01'));
    seconds = HORIZON + 301;
    await revocations.prune(seconds);
    expect([revocations.size, await datastore.revocations.list(0, 10)]).toEqual([0, []]);
    await close();
    await open('older.sqlite3');
    expect(revocations.latest).toBe(first);
    seconds = NOW;
    expect(await revoke(serial('02'))).toBe(first + 1);
  });

  it('adds to the journal what the database has and it lacks', async () => {
    await revoke(serial('01'));
    const { size } = statSync(journalPath());
    await revoke(serial('02'));
    await close();
    // As when the server is killed between the commit and the journal.
    truncateSync(journalPath(), size);
    await open();
    await close();
    await open('older.sqlite3');
    expect(held()).toHaveLength(2);
  });

  it('takes what a crash cut off for not written', async () => {
    await revoke(serial('01'));
    await close();
    appendFileSync(journalPath(), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 0x7b]));
    await open('older.sqlite3');
    expect(held()).toHaveLength(1);
    await revoke(serial('02'));
    await close();
    await open('oldest.sqlite3');
    expect(held()).toHaveLength(2);
  });

  it('does not start over a journal that is damaged before its end', async () => {
    await revoke(serial('01'));
    await revoke(serial('02'));
    await close();
    const bytes = readFileSync(journalPath());
    const damaged = Buffer.from(bytes);
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    writeFileSync(journalPath(), damaged);
    await expect(open()).rejects.toMatchObject({ code: 'ERR_STORE_CORRUPT' });
    await datastore.close();
    writeFileSync(journalPath(), 'something else');
    await expect(open()).rejects.toMatchObject({ code: 'ERR_STORE_CORRUPT' });
    await datastore.close();
    writeFileSync(journalPath(), bytes);
    await open();
  });

  it('keeps the journal short: what has expired is left out when it is much', async () => {
    for (let i = 0; i < 1100; i++) void revoke(serial((0x1000 + i).toString(16)));
    await revoke(serial('ffff'));
    const { size } = statSync(journalPath());
    seconds = HORIZON + 301;
    await revocations.prune(seconds);
    expect(statSync(journalPath()).size).toBeLessThan(250);
    expect(size).toBeGreaterThan(100_000);
    seconds = NOW;
    await revoke(serial('01'));
    await close();
    await open('older.sqlite3');
    expect(held()).toEqual([{ kind: 'x509', authorityId: 'aa', serialHex: '01' }]);
  }, 60_000);
});
