import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { DatabaseWriter } from './database-writer.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

/** Runs the writer until it has acknowledged so many entries, then kills it. @returns every ID it acknowledged. */
async function writeAndKill(
  program: string,
  path: string,
  run: number,
  after: number,
): Promise<readonly string[]> {
  const file = fileURLToPath(new URL(`testdata/${program}`, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@signet/source', file, path, `run${run}`], {
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

/** What the database holds once it was opened and checked again. */
function reopened(path: string): { ids: readonly string[]; changed: readonly string[]; epoch: number } {
  const writer = DatabaseWriter.open(path);
  writer.close();
  const database = new Database(path, { readonly: true });
  const column = (sql: string): readonly string[] => database.prepare(sql).pluck().all() as string[];
  const ids = column('SELECT id FROM entries ORDER BY row_id');
  const changed = column('SELECT id FROM changes ORDER BY sequence');
  database.close();
  return { ids, changed, epoch: writer.identity.epoch };
}

describe('R01: kill -9 while writing', () => {
  const folder = temporaryFolders();

  it.each([
    ['commits in groups', 'commit-until-killed.ts', 20],
    ['writes through the datastore', 'write-until-killed.ts', 4],
  ])(
    'of a program that %s loses no acknowledged entry',
    async (_, program, kills) => {
      const path = join(folder(), 'd', 'db.sqlite3');
      const acknowledged: string[] = [];
      for (let run = 0; run < kills; run++) {
        acknowledged.push(...(await writeAndKill(program, path, run, 1 + ((run * 37) % 150))));
      }
      const { ids, changed, epoch } = reopened(path);
      const stored = new Set(ids);
      expect(acknowledged.length).toBeGreaterThan(kills);
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      // Each stored entry has its change, and only what is stored has one: both are of one transaction.
      expect(changed).toEqual(ids);
      expect(epoch).toBe(kills + 1);
    },
    300_000,
  );
});
