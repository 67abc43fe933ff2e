import { describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Datastore } from '../datastore.ts';
import { openSqliteDatastore } from './open-sqlite-datastore.ts';
import { sampleEntry } from './testdata/sample-entry.ts';
import { temporaryFolders } from './testdata/temporary-folder.ts';

const clock = { nowMs: (): number => 1_800_000_000_000 };
const folder = temporaryFolders();
const SLOW_MS = 60_000;

function newPath(): string {
  return join(folder(), 'data', 'datastore.sqlite3');
}

async function withDatastore<T>(path: string, use: (datastore: Datastore) => Promise<T>): Promise<T> {
  const datastore = await openSqliteDatastore({ path, clock });
  try {
    return await use(datastore);
  } finally {
    await datastore.close();
  }
}

async function prepared(entries = 0): Promise<string> {
  const path = newPath();
  const made = Array.from({ length: entries }, (_, i) => sampleEntry(`e${i}`));
  await withDatastore(path, (datastore) => datastore.entries.create(made));
  return path;
}

jest.setTimeout(SLOW_MS);

describe('openSqliteDatastore', () => {
  it('names the file that is damaged', async () => {
    const path = newPath();
    mkdirSync(dirname(path), { mode: 0o700 });
    writeFileSync(path, 'x'.repeat(10_000), { mode: 0o600 });
    await expect(openSqliteDatastore({ path, clock })).rejects.toMatchObject({
      code: 'ERR_STORE_CORRUPT',
      message: expect.stringContaining(path),
    });
  });

  it('makes the folder and every file readable by the owner only', async () => {
    const path = newPath();
    await withDatastore(path, async ({ entries }) => {
      await entries.create([sampleEntry('1')]);
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
      const modes = readdirSync(dirname(path)).map((file) => [
        file,
        statSync(join(dirname(path), file)).mode & 0o777,
      ]);
      expect(modes.length).toBeGreaterThanOrEqual(3);
      expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    });
  });

  it('leaves one merged file and the lock after a clean close', async () => {
    const path = await prepared(3);
    expect(readdirSync(dirname(path)).sort()).toEqual(['datastore.sqlite3', 'datastore.sqlite3.lock']);
  });

  it('T17, T38: keeps no join token in any file', async () => {
    const path = newPath();
    const token = 'b0c6a2f7-0f0e-4e0f-9d8e-3f2a1b7c5d4e';
    await withDatastore(path, async ({ joinTokens }) => {
      await joinTokens.create({ token, expiresAt: 1 });
      for (const file of readdirSync(dirname(path))) {
        expect(readFileSync(join(dirname(path), file)).includes(token)).toBe(false);
      }
      expect(await joinTokens.consume(token)).toEqual({ expiresAt: 1 });
    });
  });

  it('answers nothing after close', async () => {
    const datastore = await openSqliteDatastore({ path: newPath(), clock });
    await datastore.close();
    await datastore.close();
    await expect(datastore.entries.get('x')).rejects.toMatchObject({ code: 'ERR_STORE_CLOSED' });
    await expect(datastore.entries.delete(['x'])).rejects.toMatchObject({ code: 'ERR_STORE_CLOSED' });
  });

  it('R23: finishes what is under way before it closes', async () => {
    const path = newPath();
    const datastore = await openSqliteDatastore({ path, clock });
    const writes = Array.from({ length: 200 }, (_, i) => datastore.entries.create([sampleEntry(`w${i}`)]));
    await datastore.close();
    const outcomes = await Promise.all(writes);
    expect(outcomes.flat().every(({ outcome }) => outcome === 'created')).toBe(true);
    await withDatastore(path, async ({ entries }) => expect(await entries.count({})).toBe(200));
  });
});

describe('R28: a second server on the same file', () => {
  it('is refused while the first lives, in this process or another, and welcome after', async () => {
    const path = newPath();
    await withDatastore(path, async (first) => {
      await expect(openSqliteDatastore({ path, clock })).rejects.toMatchObject({ code: 'ERR_STORE_LOCKED' });
      expect(openElsewhere(path)).toBe('ERR_STORE_LOCKED');
      const [outcome] = await first.entries.create([sampleEntry('still-works')]);
      expect(outcome?.outcome).toBe('created');
    });
    expect(openElsewhere(path)).toBe('opened');
  });
});

function openElsewhere(path: string): string {
  const program = fileURLToPath(new URL('testdata/open-and-close.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, ['--conditions=@signet/source', program, path], {
    encoding: 'utf8',
  });
  return stdout;
}
