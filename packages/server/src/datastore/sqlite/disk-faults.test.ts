import { describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const program = fileURLToPath(new URL('testdata/write-through-faults.ts', import.meta.url));
const folder = temporaryFolders();
const WRITES = 40;

interface Report {
  readonly acknowledged: readonly string[];
  readonly told: readonly string[];
  readonly refusals: readonly string[];
}

/** Runs the writer under strace. @returns its report and what strace wrote. */
function runTraced(path: string, ...options: readonly string[]): { report: Report; trace: string } {
  const traceFile = join(mkdtempSync(join(folder(), 'trace-')), 'strace.txt');
  const node = [process.execPath, '--conditions=@signet/source', program, path, String(WRITES)];
  const { stdout, stderr } = spawnSync('strace', ['-f', '-o', traceFile, ...options, ...node], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`the writer did not report: ${stderr.slice(0, 500)}`);
  return { report: JSON.parse(stdout) as Report, trace: readFileSync(traceFile, 'utf8') };
}

function storedIds(path: string): readonly string[] {
  const database = new Database(path, { readonly: true });
  try {
    return (database.prepare('SELECT id FROM entries ORDER BY row_id').all() as { id: string }[]).map(
      ({ id }) => id,
    );
  } finally {
    database.close();
  }
}

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) process.stderr.write('disk fault tests skipped: strace is not there or may not trace\n');

jest.setTimeout(120_000);

(canTrace ? describe : describe.skip)('disk faults', () => {
  it('F3: every commit is synced before it is acknowledged', () => {
    const { report, trace } = runTraced(join(folder(), 'db'), '-e', 'trace=fsync,fdatasync');
    expect(report.acknowledged).toHaveLength(WRITES);
    expect(trace.match(/f(data)?sync\(\d+\)\s+= 0/g)?.length).toBeGreaterThanOrEqual(WRITES);
  });

  it.each([
    ['a sync fails now and then', 'fsync:error=EIO:when=24+7'],
    ['every other sync fails', 'fsync:error=EIO:when=27+2'],
    ['the disk is full for a while', 'pwrite64:error=ENOSPC:when=260..290'],
    ['a write fails', 'pwrite64:error=EIO:when=265'],
  ])('R04: when %s, nothing acknowledged is lost and everything stored is told', (_, fault) => {
    const path = join(folder(), 'db');
    const { report } = runTraced(path, '-e', 'trace=fsync,pwrite64', '-e', `inject=${fault}`);
    const stored = storedIds(path);
    expect(report.refusals.length).toBeGreaterThan(0);
    expect(new Set(report.refusals)).toEqual(new Set(['ERR_STORE_UNAVAILABLE']));
    expect(report.acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
    expect(report.told).toEqual(stored);
  });
});
