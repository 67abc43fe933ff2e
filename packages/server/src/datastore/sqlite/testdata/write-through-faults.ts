// Creates entries one by one while somebody makes the disk fail, then reports what was acknowledged and what was told.
import { encodeNewEntry } from '../../stores/entry-codec.ts';
import { DatabaseWriter } from '../database-writer.ts';
import { sampleEntry } from './sample-entry.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const writer = DatabaseWriter.open(path);
const acknowledged: string[] = [];
const told: string[] = [];
const refusals: string[] = [];
for (let i = 0; i < Number(count); i++) {
  const input = [encodeNewEntry(sampleEntry(`e${i}`, { id: `e${i}` }))];
  const { replies, changes } = writer.commit([{ id: i, name: 'entries.create', input, at: 1 }]);
  for (const reply of replies) {
    if (reply.ok) acknowledged.push(`e${i}`);
    else refusals.push(reply.error.code);
  }
  told.push(...changes.map(({ id }) => id));
}
writer.close();
process.stdout.write(JSON.stringify({ acknowledged, told, refusals }));
