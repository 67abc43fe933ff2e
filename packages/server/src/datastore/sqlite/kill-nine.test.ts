import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeList } from '../page.ts';
import { openSqliteDatastore } from './open-sqlite-datastore.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const program = fileURLToPath(new URL('testdata/write-until-killed.ts', import.meta.url));
const RUNS = 20;
const AT_ONCE = 2;

/** Runs the writer until it has acknowledged so many entries, then kills it. @returns every ID it acknowledged. */
async function writeAndKill(path: string, run: string, after: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--conditions=@signet/source', program, path, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  // The last line may be cut.
  return output.split('\n').slice(0, -1);
}

describe('R01: kill -9 while writing', () => {
  const folder = temporaryFolders();

  it(`loses no acknowledged entry in ${RUNS} kills, numbers no change twice`, async () => {
    const rounds = Array.from({ length: AT_ONCE }, async (_, series) => {
      const path = join(folder(), 'd', 'db.sqlite3');
      const acknowledged: string[] = [];
      for (let run = 0; run < RUNS / AT_ONCE; run++) {
        acknowledged.push(...(await writeAndKill(path, `run${run}`, 1 + ((run * 37 + series * 11) % 150))));
      }
      const datastore = await openSqliteDatastore({ path, clock: { nowMs: () => 0 } });
      try {
        const { items } = await datastore.entries.list({}, wholeList);
        const stored = new Set(items.map(({ id }) => id));
        expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
        const changes = await datastore.changes.since(0, 1_000_000);
        // Each stored entry has its change, and only what is stored has one: both are of one transaction.
        expect(changes.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
        expect(datastore.epoch).toBe(RUNS / AT_ONCE + 1);
        return acknowledged.length;
      } finally {
        await datastore.close();
      }
    });
    for (const count of await Promise.all(rounds)) expect(count).toBeGreaterThan(RUNS);
  }, 300_000);
});
