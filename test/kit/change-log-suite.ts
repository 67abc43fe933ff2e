import { describe, expect, it } from '@jest/globals';
import { parseTrustDomain } from '@signet/core';
import type { Change, Datastore } from '@signet/server/datastore';
import { sampleBundle, sampleEntry, sampleId, sampleSelectors, STORE_TIME } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const agentId = sampleId('/spire/agent/join_token/log');

/** What every change log must do. */
export function describeChangeLog(name: string, open: OpenEngine): void {
  describe(`ChangeLog: ${name}`, () => {
    const opened = useEngine(open);

    /** What an act writes into the log, and what the listeners hear of it before the act resolves. */
    async function changesOf(act: (datastore: Datastore) => Promise<unknown>): Promise<readonly Change[]> {
      const { datastore } = opened();
      const heard: Change[] = [];
      const stop = datastore.changes.onCommit((changes) => heard.push(...changes));
      const before = await datastore.changes.latest();
      await act(datastore);
      const heardWhenDone = [...heard];
      stop();
      expect(await datastore.changes.since(before, 1000)).toEqual(heardWhenDone);
      expect(heardWhenDone.map(({ sequence }) => sequence)).toEqual(
        heardWhenDone.map((_, i) => before + 1 + i),
      );
      return heardWhenDone;
    }

    const entry = sampleEntry({ id: 'logged', spiffeId: sampleId('/logged') });
    const attestation = {
      id: agentId,
      attestationType: 'join_token',
      serialNumber: '1',
      expiresAt: 50,
      canReattest: false,
      selectors: sampleSelectors('a:1'),
    };

    it('tells entries created, updated, deleted, with the state after it', async () => {
      const created = await changesOf(({ entries }) => entries.create([entry]));
      expect(created).toMatchObject([
        { kind: 'entry', id: 'logged', entry: { ...entry, revisionNumber: 0 } },
      ]);
      const { datastore } = opened();
      await datastore.entries.update([{ id: 'logged', fields: { hint: 'x' } }]);
      const deleted = await changesOf(({ entries }) => entries.delete(['logged']));
      expect(deleted).toEqual([{ sequence: expect.any(Number), kind: 'entry', id: 'logged' }]);
    });

    it('tells nothing of what was refused, similar or not there', async () => {
      await opened().datastore.entries.create([entry]);
      const changes = await changesOf(async ({ entries, joinTokens, agents }) => {
        await entries.create([entry, sampleEntry({ federatesWith: [parseTrustDomain('none.test')] })]);
        await entries.update([{ id: 'nobody', fields: {} }]);
        await entries.delete(['nobody']);
        await agents.ban(sampleId('/nobody'));
        const aliasEntry = sampleEntry({ federatesWith: [parseTrustDomain('none.test')] });
        await joinTokens.create({ token: 'x', expiresAt: 1, aliasEntry }).catch(() => undefined);
      });
      expect(changes).toEqual([]);
    });

    it('tells each step in the life of an agent', async () => {
      const steps: [string, (datastore: Datastore) => Promise<unknown>, object | undefined][] = [
        [
          'attest',
          ({ agents }) => agents.saveAttestation(attestation),
          { serialNumber: '1', selectors: attestation.selectors },
        ],
        [
          'renew',
          ({ agents }) => agents.renew(agentId, { serialNumber: '2', expiresAt: 60 }),
          { newSerialNumber: '2' },
        ],
        [
          'activate',
          ({ agents }) => agents.activateNewSerial(agentId, '2'),
          { serialNumber: '2', expiresAt: 60 },
        ],
        ['version', ({ agents }) => agents.setAgentVersion(agentId, '1'), { agentVersion: '1' }],
        ['ban', ({ agents }) => agents.ban(agentId), { serialNumber: '' }],
        ['delete', ({ agents }) => agents.delete(agentId), undefined],
      ];
      for (const [step, act, state] of steps) {
        const [change, ...more] = await changesOf(act);
        expect({ step, kind: change?.kind, id: change?.id, more }).toEqual({
          step,
          kind: 'agent',
          id: agentId.uri,
          more: [],
        });
        if (state === undefined) expect(change).not.toHaveProperty('node');
        else expect(change).toMatchObject({ node: state });
      }
    });

    it('tells the alias entries that go with their agent', async () => {
      const { datastore } = opened();
      await datastore.agents.saveAttestation(attestation);
      const selectors = [{ type: 'spiffe_id', value: agentId.uri }];
      await datastore.entries.create([sampleEntry({ id: 'alias', parentId: agentId, selectors })]);
      const changes = await changesOf(({ agents }) => agents.delete(agentId));
      expect(changes.map(({ kind, id }) => [kind, id])).toEqual([
        ['agent', agentId.uri],
        ['entry', 'alias'],
      ]);
    });

    it('tells bundles, and the entries that a deleted one changes', async () => {
      const td = parseTrustDomain('log.test');
      const set = await changesOf(({ bundles }) => bundles.set(sampleBundle('log.test')));
      expect(set).toMatchObject([{ kind: 'bundle', id: 'log.test' }]);
      const nothingNew = await changesOf(({ bundles }) =>
        bundles.append(td, { x509Authorities: [], jwtAuthorities: [] }),
      );
      expect(nothingNew).toEqual([]);
      await opened().datastore.entries.create([
        sampleEntry({ id: 'fed', spiffeId: sampleId('/fed'), federatesWith: [td] }),
      ]);
      const deleted = await changesOf(({ bundles }) => bundles.delete(td, 'dissociate'));
      expect(deleted).toMatchObject([
        { kind: 'entry', id: 'fed', entry: { federatesWith: [], revisionNumber: 1 } },
        { kind: 'bundle', id: 'log.test' },
      ]);
    });

    it('gives no more than asked for, and goes on from there', async () => {
      const { changes, entries } = opened().datastore;
      const start = await changes.latest();
      await entries.create([1, 2, 3].map((i) => sampleEntry({ spiffeId: sampleId(`/limited/${i}`) })));
      const first = await changes.since(start, 2);
      const rest = await changes.since(first.at(-1)!.sequence, 2);
      expect([first.length, rest.length]).toEqual([2, 1]);
      expect(await changes.since(rest.at(-1)!.sequence, 2)).toEqual([]);
    });

    it('gives the newest of some kinds, and says from where on these are all', async () => {
      const { changes, entries, bundles } = opened().datastore;
      const start = await changes.latest();
      await entries.create([1, 2].map((i) => sampleEntry({ spiffeId: sampleId(`/newest/${i}`) })));
      await bundles.create(sampleBundle('newest.test'));
      await entries.create([sampleEntry({ spiffeId: sampleId('/newest/3') })]);
      const two = await changes.newest(['entry'], 2);
      expect(two.changes.map(({ sequence }) => sequence - start)).toEqual([2, 4]);
      expect(two.completeAfter - start).toBe(1);
      const known = (await changes.since(0, 1000)).filter(({ kind }) => kind !== 'bundle');
      expect(await changes.newest(['entry', 'agent'], 1000)).toEqual({ completeAfter: 0, changes: known });
      expect(await changes.newest(['task'], 10)).toEqual({ completeAfter: 0, changes: [] });
    });

    it('forgets what is old, never the newest, and never counts backwards', async () => {
      const { clock, datastore } = opened();
      const { changes, entries } = datastore;
      await entries.create([sampleEntry({ spiffeId: sampleId('/pruned/1') })]);
      clock.set(STORE_TIME + 100);
      await entries.create([sampleEntry({ spiffeId: sampleId('/pruned/2') })]);
      const latest = await changes.latest();
      await changes.prune(STORE_TIME + 100);
      expect((await changes.since(0, 10)).map(({ sequence }) => sequence)).toEqual([latest]);
      expect(await changes.newest(['bundle'], 10)).toEqual({ completeAfter: latest - 1, changes: [] });
      await changes.prune(STORE_TIME + 10_000);
      expect(await changes.latest()).toBe(latest);
      const [next] = await changesOf(() =>
        entries.create([sampleEntry({ spiffeId: sampleId('/pruned/3') })]),
      );
      expect(next?.sequence).toBe(latest + 1);
    });
  });
}
