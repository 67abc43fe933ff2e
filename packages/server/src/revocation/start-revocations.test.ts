import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics } from '@signet/daemon';
import { lineLogger } from '../ca/testdata/test-authority.ts';
import { openSqliteDatastore } from '../datastore/sqlite/open-sqlite-datastore.ts';
import { noLedger } from '../ledger/ledger.ts';
import { startRevocations } from './start-revocations.ts';

const NOW = 1_800_000_000;

describe('a database that is found at the start', () => {
  let dataDir: string;
  let log: string[];
  const clock = { nowMs: () => NOW * 1000 };

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'signet-start-'));
    log = [];
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  /** Opens a database, perhaps revokes something, and closes it. @returns since when something is lost. */
  async function run(
    database: string,
    { isLedgerKept = false, isRevoking = false, isRecovering = false } = {},
  ): Promise<number | undefined> {
    const datastore = await openSqliteDatastore({ path: join(dataDir, database), clock });
    const { revocations } = await startRevocations({
      dataDir,
      datastore,
      ledger: noLedger,
      isLedgerKept,
      tasks: { lineage: () => undefined },
      clock,
      metrics: noMetrics,
      logger: lineLogger(log),
    });
    if (isRevoking) {
      const target = { kind: 'x509', authorityId: 'aa', serialHex: '01', isOurs: true } as const;
      const grounds = { reason: 'unspecified', actor: 'a', comment: '' } as const;
      await datastore.revocations.revoke({ target, ...grounds, horizon: NOW + 1000, isDryRun: false });
      await revocations.synced();
    }
    if (isRecovering) await revocations.noteRecovered(NOW);
    const { lost } = revocations;
    await revocations.close();
    await datastore.close();
    return lost?.at;
  }

  it('is known to be an older one, without a ledger, by the revocations that it lacks, until that is made up for', async () => {
    expect(await run('a', { isRevoking: true })).toBeUndefined();
    expect(await run('a')).toBeUndefined();
    expect(await run('older')).toBe(NOW);
    expect(log.join('\n')).toMatch(/The database lacks revocations that were given/);
    expect(await run('older')).toBe(NOW);
    expect(log.filter((line) => line.startsWith('The database lacks'))).toHaveLength(1);
    expect(await run('older', { isRecovering: true })).toBeUndefined();
    expect(await run('older')).toBeUndefined();
  });

  it('is not judged by that where a ledger tells more', async () => {
    await run('a', { isRevoking: true });
    expect(await run('older', { isLedgerKept: true })).toBeUndefined();
  });
});
