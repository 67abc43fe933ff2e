import { describe, expect, it } from '@jest/globals';
import type { MatchBehavior, SpiffeId } from '@signet/core';
import {
  isBanned,
  wholeList,
  type AgentFilter,
  type AgentStore,
  type AttestedNode,
  type NewAttestation,
} from '@signet/server/datastore';
import { sampleEntry, sampleId, sampleSelectors } from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

/** What every agent store must do. */
export function describeAgentStore(name: string, open: OpenEngine): void {
  describe(`AgentStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): AgentStore => opened().datastore.agents;

    describe('saveAttestation', () => {
      it('remembers a new node with its selectors, each once', async () => {
        const attestation = attested('new', { selectors: sampleSelectors('b:1', 'a:1', 'b:1') });
        const saved = await store().saveAttestation(attestation);
        expect(saved).toEqual({
          ...attestation,
          newSerialNumber: '',
          newExpiresAt: 0,
          agentVersion: '',
          selectors: sampleSelectors('a:1', 'b:1'),
        });
        expect(await store().get(attestation.id)).toEqual(saved);
      });

      it('replaces what a re-attestation brings; type and agent version stay, a pending renewal goes', async () => {
        const first = attested('again', { selectors: sampleSelectors('old:1', 'both:1') });
        await store().saveAttestation(first);
        await store().setAgentVersion(first.id, '1.2.3');
        await store().renew(first.id, { serialNumber: '77', expiresAt: 900 });
        const second = {
          ...first,
          attestationType: 'other',
          serialNumber: '2',
          expiresAt: 2000,
          canReattest: false,
          selectors: sampleSelectors('both:1', 'new:1'),
        };
        const pending = { newSerialNumber: '', newExpiresAt: 0 };
        const expected = { ...second, ...pending, attestationType: 'x509pop', agentVersion: '1.2.3' };
        expect(await store().saveAttestation(second)).toEqual(expected);
        expect(await store().get(first.id)).toEqual(expected);
        expect(await countBySelectors(store(), 'old:1')).toBe(0);
        expect(await countBySelectors(store(), 'new:1')).toBe(1);
      });

      it('refuses a banned node and leaves it banned', async () => {
        const { id } = await store().saveAttestation(attested('banned-before'));
        await store().ban(id);
        await expect(store().saveAttestation(attested('banned-before'))).rejects.toMatchObject({
          code: 'ERR_PERMISSION_DENIED',
          message: 'agent is banned',
        });
        expect((await store().get(id))?.serialNumber).toBe('');
      });
    });

    describe('renew and activateNewSerial', () => {
      const renewed = async (name: string): Promise<SpiffeId> => {
        const { id } = await store().saveAttestation(attested(name));
        await store().renew(id, { serialNumber: '2', expiresAt: 2000 });
        return id;
      };
      const serials = async (id: SpiffeId): Promise<Partial<AttestedNode>> => {
        const { serialNumber, expiresAt, newSerialNumber, newExpiresAt } = (await store().get(id))!;
        return { serialNumber, expiresAt, newSerialNumber, newExpiresAt };
      };

      it('keeps the current serial until the new one is used', async () => {
        const id = await renewed('renew');
        expect(await serials(id)).toEqual({
          serialNumber: '1',
          expiresAt: 1000,
          newSerialNumber: '2',
          newExpiresAt: 2000,
        });
        expect(await store().activateNewSerial(id, '2')).toBe(true);
        expect(await serials(id)).toEqual({
          serialNumber: '2',
          expiresAt: 2000,
          newSerialNumber: '',
          newExpiresAt: 0,
        });
      });

      it('lets only the last of several renewals be activated', async () => {
        const id = await renewed('renew-twice');
        await store().renew(id, { serialNumber: '3', expiresAt: 3000 });
        expect(await store().activateNewSerial(id, '2')).toBe(false);
        expect(await store().activateNewSerial(id, '3')).toBe(true);
      });

      it('says yes to everyone who brings the new serial at once, and changes the node once', async () => {
        const id = await renewed('renew-race');
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => store().activateNewSerial(id, '2')),
        );
        expect(new Set(answers)).toEqual(new Set([true]));
      });

      it.each([
        ['unknown', '9'],
        ['empty', ''],
      ])('refuses an %s serial', async (kind, serial) => {
        const id = await renewed(`renew-${kind}`);
        expect(await store().activateNewSerial(id, serial)).toBe(false);
        expect((await serials(id)).newSerialNumber).toBe('2');
      });

      it.each(['', '1', '2'])('refuses serial "%s" of a banned node', async (serial) => {
        const id = await renewed(`renew-banned-${serial}`);
        await store().ban(id);
        expect(await store().activateNewSerial(id, serial)).toBe(false);
      });

      it('refuses to renew what is not there or banned', async () => {
        const renewal = { serialNumber: '2', expiresAt: 1 };
        await expect(store().renew(agentId('nobody'), renewal)).rejects.toMatchObject({
          code: 'ERR_NOT_FOUND',
        });
        const { id } = await store().saveAttestation(attested('renew-after-ban'));
        await store().ban(id);
        await expect(store().renew(id, renewal)).rejects.toMatchObject({ code: 'ERR_PERMISSION_DENIED' });
        expect(await store().activateNewSerial(agentId('nobody'), '2')).toBe(false);
      });
    });

    describe('ban', () => {
      it('empties both serials, keeps selectors and entries', async () => {
        const { id } = await store().saveAttestation(
          attested('ban', { selectors: sampleSelectors('ban:1') }),
        );
        await store().renew(id, { serialNumber: '2', expiresAt: 2000 });
        await opened().datastore.entries.create([sampleEntry({ parentId: id })]);
        expect(await store().ban(id)).toBe(true);
        const node = (await store().get(id))!;
        expect(isBanned(node)).toBe(true);
        expect([node.newSerialNumber, node.newExpiresAt]).toEqual(['', 0]);
        expect(node.selectors).toEqual(sampleSelectors('ban:1'));
        expect(await opened().datastore.entries.count({ parentId: id })).toBe(1);
      });

      it('tells that nobody was there', async () => {
        expect(await store().ban(agentId('nobody'))).toBe(false);
      });
    });

    describe('delete', () => {
      it('forgets node and selectors; the node may attest again', async () => {
        const { id } = await store().saveAttestation(
          attested('delete', { selectors: sampleSelectors('del:1') }),
        );
        await store().ban(id);
        expect(await store().delete(id)).toBe(true);
        expect(await store().delete(id)).toBe(false);
        expect(await store().get(id)).toBeUndefined();
        expect(await countBySelectors(store(), 'del:1')).toBe(0);
        expect((await store().saveAttestation(attested('delete'))).serialNumber).toBe('1');
      });

      it.each([
        ['join_token', 1],
        ['x509pop', 2],
      ])('of a %s node leaves %d of its entries', async (attestationType, left) => {
        const { entries } = opened().datastore;
        const { id } = await store().saveAttestation(
          attested(`alias-${attestationType}`, { attestationType }),
        );
        const alias = { type: 'spiffe_id', value: id.uri };
        await entries.create([
          sampleEntry({ parentId: id, spiffeId: sampleId('/alias'), selectors: [alias] }),
          sampleEntry({
            parentId: id,
            spiffeId: sampleId('/alias'),
            selectors: [alias, { type: 'a', value: '1' }],
          }),
        ]);
        await store().delete(id);
        expect(await entries.count({ parentId: id })).toBe(left);
      });
    });

    it('remembers the agent version, ignores an empty one', async () => {
      const { id } = await store().saveAttestation(attested('version'));
      expect(await store().setAgentVersion(id, '1.15.3')).toBe(true);
      expect(await store().setAgentVersion(id, '')).toBe(true);
      expect((await store().get(id))?.agentVersion).toBe('1.15.3');
      expect(await store().setAgentVersion(agentId('nobody'), '1')).toBe(false);
    });

    describe('list and count', () => {
      const mark = 'listed:yes';
      const prepared = lazy(async () => {
        const nodes: AttestedNode[] = [];
        for (const [i, more] of [
          { attestationType: 'join_token', canReattest: false, expiresAt: 100 },
          { selectors: sampleSelectors(mark, 'l:a'), expiresAt: 200 },
          { selectors: sampleSelectors(mark, 'l:a', 'l:b'), expiresAt: 300 },
          { expiresAt: 400 },
        ].entries()) {
          nodes.push(
            await store().saveAttestation(
              attested(`list-${i}`, { selectors: sampleSelectors(mark), ...more }),
            ),
          );
        }
        await store().ban(nodes[3]!.id);
        return Promise.all(nodes.map(async ({ id }) => (await store().get(id))!));
      });
      const selectors = (match: MatchBehavior, ...texts: string[]): AgentFilter => ({
        selectors: { values: sampleSelectors(mark, ...texts), match },
      });

      it.each<[string, AgentFilter, number[]]>([
        ['attestation type', { attestationType: 'join_token' }, [0]],
        ['banned', { banned: true }, [3]],
        ['not banned', { banned: false }, [0, 1, 2]],
        ['can reattest', { canReattest: true }, [1, 2, 3]],
        ['cannot reattest', { canReattest: false }, [0]],
        ['expiry, the time itself not included', { expiresBefore: 300 }, [0, 1]],
        ['selectors exact', selectors('exact', 'l:a'), [1]],
        ['selectors subset', selectors('subset', 'l:a'), [0, 1, 3]],
        ['selectors superset', selectors('superset', 'l:a'), [1, 2]],
        [
          'all at once',
          { ...selectors('superset'), banned: false, canReattest: true, expiresBefore: 300 },
          [1],
        ],
      ])('filters by %s', async (_, filter, expected) => {
        const nodes = await prepared();
        // Other tests have nodes too: theirs lack the mark.
        const asked: AgentFilter = { ...selectors('superset'), ...filter };
        const { items } = await store().list(asked, wholeList, { withSelectors: true });
        expect(items).toEqual(expected.map((i) => nodes[i]));
        expect(await store().count(asked)).toBe(expected.length);
      });

      it('leaves selectors out when told so', async () => {
        await prepared();
        const { items } = await store().list(selectors('superset'), wholeList, { withSelectors: false });
        expect(items.map((node) => node.selectors)).toEqual([[], [], [], []]);
      });

      it.each([1, 2, 3, 4, 5])('pages by %d: each node once, oldest first', async (size) => {
        const nodes = await prepared();
        const found: AttestedNode[] = [];
        let token = '';
        do {
          const page = await store().list(selectors('superset'), { size, token }, { withSelectors: true });
          found.push(...page.items);
          token = page.nextPageToken;
        } while (token !== '');
        expect(found).toEqual(nodes);
      });

      it('refuses an empty selector set and a foreign page token', async () => {
        const empty: AgentFilter = { selectors: { values: [], match: 'any' } };
        await expect(store().list(empty, wholeList, { withSelectors: true })).rejects.toMatchObject({
          code: 'ERR_INTERNAL',
          message: 'cannot list by empty selectors set',
        });
        await expect(
          store().list({}, { size: 1, token: 'abc' }, { withSelectors: true }),
        ).rejects.toMatchObject({
          code: 'ERR_STORE_PAGE_TOKEN',
        });
      });
    });

    describe('pruneExpired', () => {
      const prunable = async (name: string): Promise<SpiffeId[]> => {
        const rows = [
          attested(`${name}-expired`, { expiresAt: 10 }),
          attested(`${name}-current`, { expiresAt: 20 }),
          attested(`${name}-first-use`, { expiresAt: 10, canReattest: false }),
          attested(`${name}-banned`, { expiresAt: 10 }),
          attested(`${name}-renewed`, { expiresAt: 10 }),
        ];
        for (const row of rows) await store().saveAttestation(row);
        await store().ban(rows[3]!.id);
        await store().renew(rows[4]!.id, { serialNumber: '2', expiresAt: 30 });
        return rows.map(({ id }) => id);
      };
      const present = async (ids: readonly SpiffeId[]): Promise<boolean[]> =>
        Promise.all(ids.map(async (id) => (await store().get(id)) !== undefined));

      it.each([
        [false, [false, true, true, true, true]],
        [true, [false, true, false, true, true]],
      ])(
        'with first-use nodes %s forgets the expired, never banned or renewed ones',
        async (includeNonReattestable, left) => {
          const ids = await prunable(`prune-${includeNonReattestable}`);
          await store().pruneExpired({ expiredBefore: 20, includeNonReattestable, limit: 1000 });
          expect(await present(ids)).toEqual(left);
        },
      );

      it('removes no more than the limit', async () => {
        for (const i of [1, 2, 3]) await store().saveAttestation(attested(`limit-${i}`, { expiresAt: 5 }));
        const pruning = { expiredBefore: 6, includeNonReattestable: false, limit: 2 };
        expect([await store().pruneExpired(pruning), await store().pruneExpired(pruning)]).toEqual([2, 1]);
      });
    });
  });
}

function agentId(name: string): SpiffeId {
  return sampleId(`/spire/agent/x509pop/${name}`);
}

function attested(name: string, fields: Partial<NewAttestation> = {}): NewAttestation {
  return {
    id: agentId(name),
    attestationType: 'x509pop',
    serialNumber: '1',
    expiresAt: 1000,
    canReattest: true,
    selectors: [],
    ...fields,
  };
}

function countBySelectors(store: AgentStore, ...texts: string[]): Promise<number> {
  return store.count({ selectors: { values: sampleSelectors(...texts), match: 'superset' } });
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
