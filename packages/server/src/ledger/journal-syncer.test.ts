import { describe, expect, it } from '@jest/globals';
import { JournalSyncer, type SyncOutcome } from './journal-syncer.ts';

/** A file whose syncs end when the test says so. */
class SlowFile {
  readonly #pending: { resolve: () => void; reject: (error: Error) => void }[] = [];
  syncs = 0;

  sync(): Promise<void> {
    this.syncs++;
    return new Promise((resolve, reject) => this.#pending.push({ resolve, reject }));
  }

  end(error?: Error): void {
    const first = this.#pending.shift();
    if (error === undefined) first?.resolve();
    else first?.reject(error);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function syncerOf(delayMs: number): { syncer: JournalSyncer; outcomes: SyncOutcome[] } {
  const outcomes: SyncOutcome[] = [];
  return { syncer: new JournalSyncer(delayMs, (outcome) => void outcomes.push(outcome)), outcomes };
}

describe('JournalSyncer', () => {
  it('syncs at once without a delay, and gathers what is written meanwhile', async () => {
    const { syncer, outcomes } = syncerOf(0);
    const file = new SlowFile();
    const first = syncer.wrote(file);
    const [second, third] = [syncer.wrote(file), syncer.wrote(file)];
    expect(file.syncs).toBe(1);
    file.end();
    await first;
    await turn();
    expect([file.syncs, outcomes.length]).toEqual([2, 1]);
    file.end();
    await Promise.all([second, third]);
    expect(file.syncs).toBe(2);
  });

  it('covers no write that came after it began', async () => {
    const { syncer } = syncerOf(0);
    const file = new SlowFile();
    const first = syncer.wrote(file);
    let isDone = false;
    const second = syncer.wrote(file).then(() => (isDone = true));
    file.end();
    await first;
    await turn();
    expect(isDone).toBe(false);
    file.end();
    await second;
  });

  it('syncs all files that were written to', async () => {
    const { syncer } = syncerOf(1);
    const [former, current] = [new SlowFile(), new SlowFile()];
    const both = [syncer.wrote(former), syncer.wrote(current)];
    while (current.syncs === 0) await turn();
    expect([former.syncs, current.syncs]).toEqual([1, 1]);
    former.end();
    current.end();
    await Promise.all(both);
  });

  it('lets writes gather for the delay', async () => {
    const { syncer } = syncerOf(6);
    const file = new SlowFile();
    const start = performance.now();
    void syncer.wrote(file);
    while (file.syncs === 0) {
      void syncer.wrote(file);
      await turn();
    }
    expect(performance.now() - start).toBeGreaterThanOrEqual(5.9);
    expect(file.syncs).toBe(1);
    file.end();
  });

  it('tells of a failure, and goes on', async () => {
    const { syncer, outcomes } = syncerOf(0);
    const file = new SlowFile();
    const first = syncer.wrote(file);
    file.end(new Error('EIO'));
    await expect(first).rejects.toThrow('EIO');
    const second = syncer.wrote(file);
    file.end();
    await second;
    expect(outcomes.map(({ error }) => error !== undefined)).toEqual([true, false]);
  });
});
