// Creates entries as fast as it can and prints the ID of each when it is acknowledged, until somebody kills it.
import { writeSync } from 'node:fs';
import { openSqliteDatastore } from '../open-sqlite-datastore.ts';
import { sampleEntry } from './sample-entry.ts';

const [path = '', run = ''] = process.argv.slice(2);
const datastore = await openSqliteDatastore({ path, clock: { nowMs: () => Date.now() } });
let count = 0;

async function write(): Promise<never> {
  for (;;) {
    const id = `${run}-${++count}`;
    const [outcome] = await datastore.entries.create([sampleEntry(id, { id })]);
    if (outcome?.outcome === 'created') writeSync(1, `${id}\n`);
  }
}

await Promise.all([write(), write(), write(), write()]);
