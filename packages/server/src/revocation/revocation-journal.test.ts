import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import { type JournalContent, RevocationJournal } from './revocation-journal.ts';

const NOW = 100;

function revocation(sequence: number, expiresAt: number): RecordedRevocation {
  const target = { kind: 'jwt', jti: `j${sequence}` } as const;
  return { sequence, reason: 'unspecified', revokedAt: 1, expiresAt, target, actor: 'a', comment: '' };
}

describe('RevocationJournal', () => {
  let folder: string;
  const path = (): string => join(folder, 'journal');
  const content = (revocations: readonly RecordedRevocation[]): JournalContent => ({
    revocations,
    latest: 9000,
    settled: 7,
    lost: { at: 5 },
    suspected: { at: 4, agentId: 'spiffe://example.org/spire/agent/a' },
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signet-revocation-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('loses nothing that is written while it is made shorter, nor before', async () => {
    const { journal } = RevocationJournal.open(path());
    const held: RecordedRevocation[] = [];
    const write = (sequence: number, expiresAt: number): Promise<void> => {
      const record = revocation(sequence, expiresAt);
      held.push(record);
      journal.append([{ kind: 'revocation', revocation: record }]);
      return journal.synced();
    };
    await Promise.all(Array.from({ length: 1500 }, (_, i) => write(i + 1, NOW - 1)));
    const kept: number[] = [];
    const told: Promise<void>[] = [];
    for (let sequence = 2000; sequence < 2200; sequence++) {
      kept.push(sequence);
      told.push(write(sequence, NOW + 1));
      // Syncs are under way all the time.
      if (sequence % 10 === 0) await told.at(-1);
      if (sequence % 50 === 5) journal.compact(content(held), NOW);
    }
    await Promise.all(told);
    expect(journal.failure).toBeUndefined();
    await journal.close();
    const { content: read, journal: again } = RevocationJournal.open(path());
    await again.close();
    expect(read.revocations.map(({ sequence }) => sequence)).toEqual(kept);
    expect(read).toMatchObject({ ...content([]), revocations: expect.anything() });
  });
});
