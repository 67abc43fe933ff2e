import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics } from '@signet/daemon';
import type { Change } from '../datastore/change-log.ts';
import type { RecordedRevocation } from '../datastore/revocation-store.ts';
import { ServerRevocations, type ServerRevocationsDeps } from './server-revocations.ts';

/** A store whose readings can be held up and fail. */
class FakeStore {
  readonly rows: RecordedRevocation[] = [];
  readonly held: (() => void)[] = [];
  isHeld = false;
  fails = false;
  tell: (changes: readonly Change[]) => void = () => undefined;

  get datastore(): ServerRevocationsDeps['datastore'] {
    const revocations = {
      restore: () => Promise.resolve(0),
      raiseSequence: () => Promise.resolve(),
      latest: () => Promise.resolve(this.rows.length),
      prune: () => Promise.resolve(0),
      list: (after: number) => this.#list(after),
    };
    const changes = {
      onCommit: (listener: FakeStore['tell']) => {
        this.tell = listener;
        return () => undefined;
      },
    };
    return { revocations, changes } as never;
  }

  /** @param isKnown - whether the fate of the commit is known, so that it is told what it holds. */
  commit({ isKnown }: { isKnown: boolean }): void {
    const sequence = this.rows.length + 1;
    const target = { kind: 'jwt', jti: `j${sequence}` } as const;
    const times = { revokedAt: 1, expiresAt: 2_000_000_000 };
    const row = { sequence, reason: 'unspecified', ...times, target, actor: 'a', comment: '' } as const;
    this.rows.push(row);
    const change = { kind: 'revocation', id: String(sequence), sequence } as const;
    this.tell([isKnown ? { ...change, revocations: [row] } : change]);
  }

  async #list(after: number): Promise<readonly RecordedRevocation[]> {
    const found = this.rows.filter(({ sequence }) => sequence > after);
    if (this.isHeld) await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.fails) throw new Error('disk I/O error');
    return found;
  }
}

describe('commits whose fate is open', () => {
  let folder: string;
  let store: FakeStore;
  let revocations: ServerRevocations;
  const held = (): number[] => revocations.after(0, 100).map(({ sequence }) => sequence);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signet-open-commits-'));
    store = new FakeStore();
    revocations = await ServerRevocations.open({
      datastore: store.datastore,
      journalPath: join(folder, 'revocations.journal'),
      clock: { nowMs: () => 1_800_000_000_000 },
      metrics: noMetrics,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  });
  afterEach(async () => {
    await revocations.close();
    rmSync(folder, { recursive: true });
  });

  it('two of them, then one that is known: none is passed over', async () => {
    store.isHeld = true;
    store.commit({ isKnown: false });
    await turn();
    store.commit({ isKnown: false });
    await turn();
    store.held.shift()?.();
    await turn();
    store.commit({ isKnown: true });
    store.isHeld = false;
    for (const release of store.held.splice(0)) release();
    await revocations.synced();
    expect(held()).toEqual([1, 2, 3]);
  });

  it('one that cannot be read is durable for nobody, and not passed over by the next', async () => {
    store.fails = true;
    store.commit({ isKnown: false });
    await expect(revocations.synced()).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' });
    expect(revocations.failure).toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' });
    store.commit({ isKnown: true });
    await expect(revocations.synced()).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' });
    expect(held()).toEqual([]);
    store.fails = false;
    await revocations.synced();
    expect([held(), revocations.failure]).toEqual([[1, 2], undefined]);
  });
});
