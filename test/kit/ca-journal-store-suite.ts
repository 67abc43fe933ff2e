import { describe, expect, it } from '@jest/globals';
import type { CaJournalStore } from '@signet/server/datastore';
import { STORE_TIME } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

/** What every CA journal store must do. */
export function describeCaJournalStore(name: string, open: OpenEngine): void {
  describe(`CaJournalStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): CaJournalStore => opened().datastore.caJournals;

    it('keeps one journal per server, each with its version', async () => {
      expect(await store().load('a')).toBeUndefined();
      expect(await store().save('a', Uint8Array.of(1, 0, 255), 0)).toBe(1);
      expect(await store().save('b', Uint8Array.of(), 0)).toBe(1);
      expect(await store().save('a', Uint8Array.of(2), 1)).toBe(2);
      expect(await store().load('a')).toEqual({ data: Uint8Array.of(2), version: 2 });
      expect(await store().load('b')).toEqual({ data: Uint8Array.of(), version: 1 });
    });

    it.each([
      ['a version that is past', 1],
      ['a version that was never there', 3],
      ['none', 0],
    ])('refuses a save upon %s', async (reason, expectedVersion) => {
      const server = `conflict ${reason}`;
      await store().save(server, Uint8Array.of(1), 0);
      await store().save(server, Uint8Array.of(2), 1);
      await expect(store().save(server, Uint8Array.of(3), expectedVersion)).rejects.toMatchObject({
        code: 'ERR_ABORTED',
      });
      expect(await store().load(server)).toEqual({ data: Uint8Array.of(2), version: 2 });
    });

    it('lets one of many concurrent savers through', async () => {
      const saves = Array.from({ length: 20 }, (_, i) => store().save('race', Uint8Array.of(i), 0));
      const results = await Promise.allSettled(saves);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('prunes journals that nobody saved for long', async () => {
      await store().save('old', Uint8Array.of(1), 0);
      opened().clock.set(STORE_TIME + 1000);
      await store().save('young', Uint8Array.of(1), 0);
      expect(await store().prune(STORE_TIME + 1000)).toBeGreaterThanOrEqual(1);
      expect(await store().load('old')).toBeUndefined();
      expect(await store().load('young')).toBeDefined();
    });
  });
}
