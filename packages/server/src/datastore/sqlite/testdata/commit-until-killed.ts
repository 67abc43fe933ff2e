// Commits groups of entries and prints the IDs that each commit acknowledged, until somebody kills it.
import { writeSync } from 'node:fs';
import { encodeNewEntry } from '../../stores/entry-codec.ts';
import { DatabaseWriter } from '../database-writer.ts';
import { sampleEntry } from './sample-entry.ts';

const [path = '', run = ''] = process.argv.slice(2);
const writer = DatabaseWriter.open(path);

for (let count = 0; ; count += 4) {
  const ids = [1, 2, 3, 4].map((i) => `${run}-${count + i}`);
  const queue = ids.map((id, i) => ({
    id: i,
    name: 'entries.create' as const,
    input: [encodeNewEntry(sampleEntry(id, { id }))],
    at: 1,
  }));
  for (const reply of writer.commit(queue).replies) if (reply.ok) writeSync(1, `${ids[reply.id]}\n`);
}
