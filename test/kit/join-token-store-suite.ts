import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain } from '@signet/core';
import type { JoinTokenStore } from '@signet/server/datastore';
import { sampleEntry, sampleId } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const RACERS = 200;

/** What every join token store must do. */
export function describeJoinTokenStore(name: string, open: OpenEngine): void {
  describe(`JoinTokenStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): JoinTokenStore => opened().datastore.joinTokens;

    it('gives a token out once', async () => {
      await store().create({ token: 'once', expiresAt: 50 });
      expect(await store().consume('once')).toEqual({ expiresAt: 50 });
      expect(await store().consume('once')).toBeUndefined();
      expect(await store().consume('never made')).toBeUndefined();
    });

    it(`T17: of ${RACERS} racers exactly one gets it`, async () => {
      for (let round = 0; round < 5; round++) {
        const token = `race-${round}`;
        await store().create({ token, expiresAt: 50 });
        const answers = await Promise.all(Array.from({ length: RACERS }, () => store().consume(token)));
        expect(answers.filter((answer) => answer !== undefined)).toEqual([{ expiresAt: 50 }]);
      }
    });

    it('refuses a token that is in use, and keeps the first', async () => {
      await store().create({ token: 'used', expiresAt: 50 });
      await expect(store().create({ token: 'used', expiresAt: 60 })).rejects.toMatchObject({
        code: 'ERR_ALREADY_EXISTS',
      });
      expect(await store().consume('used')).toEqual({ expiresAt: 50 });
    });

    it('creates the alias entry with the token', async () => {
      const aliasEntry = sampleEntry({ spiffeId: sampleId('/alias/both') });
      await store().create({ token: 'alias', expiresAt: 50, aliasEntry });
      expect(await opened().datastore.entries.count({ spiffeId: aliasEntry.spiffeId })).toBe(1);
    });

    it('makes neither when the alias entry is refused', async () => {
      const aliasEntry = sampleEntry({
        spiffeId: sampleId('/alias/neither'),
        federatesWith: [parseTrustDomain('none.test')],
      });
      await expect(store().create({ token: 'neither', expiresAt: 50, aliasEntry })).rejects.toMatchObject({
        code: 'ERR_STORE_FEDERATED_BUNDLE',
      });
      expect(await store().consume('neither')).toBeUndefined();
      expect(await opened().datastore.entries.count({ spiffeId: aliasEntry.spiffeId })).toBe(0);
    });

    it('prunes what expired before the time', async () => {
      for (const expiresAt of [9, 10]) await store().create({ token: `prune-${expiresAt}`, expiresAt });
      expect(await store().pruneExpired(10)).toBe(1);
      expect(await store().consume('prune-9')).toBeUndefined();
      expect(await store().consume('prune-10')).toEqual({ expiresAt: 10 });
    });
  });
}
