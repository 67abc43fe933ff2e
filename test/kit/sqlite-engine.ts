import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteDatastore } from '@signet/server/datastore';
import type { OpenEngine } from './store-engine.ts';

/** A SQLite datastore in a folder of its own. */
export const openSqliteEngine: OpenEngine = async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'signet-store-'));
  const datastore = await openSqliteDatastore({ path: join(folder, 'data', 'datastore.sqlite3'), clock });
  const dispose = async (): Promise<void> => {
    await datastore.close();
    await rm(folder, { recursive: true });
  };
  return { datastore, dispose };
};
