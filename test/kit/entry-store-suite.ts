import { describe, expect, it } from '@jest/globals';
import { matchSelectors, parseTrustDomain, type MatchBehavior, type RegistrationEntry } from '@signet/core';
import {
  wholeList,
  type CreateEntryOutcome,
  type EntryFilter,
  type EntryStore,
} from '@signet/server/datastore';
import fc from 'fast-check';
import {
  fullEntry,
  sampleBundle,
  sampleEntry,
  sampleId,
  sampleSelectors,
  STORE_TIME,
} from './store-samples.ts';
import { useEngine, type OpenEngine } from './store-engine.ts';

const HOSTILE_TEXTS = ["' OR 1=1 --", '%', '_', '"; DROP TABLE entries; --', '\\', '\u0000', '*', '[]', '🦔'];

/** What every entry store must do. */
export function describeEntryStore(name: string, open: OpenEngine): void {
  describe(`EntryStore: ${name}`, () => {
    const opened = useEngine(open);
    const store = (): EntryStore => opened().datastore.entries;

    describe('create', () => {
      it('keeps every field as given, sets revision 0 and the time, honours the ID', async () => {
        await opened().datastore.bundles.set(sampleBundle('full.test'));
        const fields = fullEntry([parseTrustDomain('full.test')]);
        const [outcome] = await store().create([fields]);
        const expected = { ...fields, revisionNumber: 0, createdAt: STORE_TIME };
        expect(outcome).toEqual({ outcome: 'created', entry: expected });
        expect(await store().get('full.entry-1')).toEqual(expected);
      });

      it('chooses a random UUID when no ID is given', async () => {
        const entries = await createAll(store(), [entryAt('/uuid/1'), entryAt('/uuid/2')]);
        for (const { id } of entries) {
          expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        }
        expect(entries[0]?.id).not.toBe(entries[1]?.id);
      });

      it('gives the existing entry when parent, ID and selector set are the same, whatever else differs', async () => {
        const selectors = sampleSelectors('a:1', 'a:2');
        const [first] = await createAll(store(), [entryAt('/similar', { selectors })]);
        const again = entryAt('/similar', {
          selectors: selectors.toReversed(),
          hint: 'other',
          id: 'other-id',
        });
        expect(await store().create([again])).toEqual([{ outcome: 'similar', entry: first }]);
        expect(await store().get('other-id')).toBeUndefined();
      });

      it('finds the similar entry within one batch', async () => {
        const outcomes = await store().create([entryAt('/batch-similar'), entryAt('/batch-similar')]);
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'similar']);
      });

      it.each([
        ['another parent', { parentId: sampleId('/other') }],
        ['another ID', { spiffeId: sampleId('/not-similar/x') }],
        ['a selector more', { selectors: sampleSelectors('a:1', 'a:2', 'a:3') }],
        ['a selector less', { selectors: sampleSelectors('a:1') }],
        ['another selector', { selectors: sampleSelectors('a:1', 'b:2') }],
      ])('does not call an entry with %s similar', async (_, difference) => {
        const base = entryAt('/not-similar', { selectors: sampleSelectors('a:1', 'a:2') });
        await store().create([base]);
        const [outcome] = await store().create([{ ...base, ...difference }]);
        expect(outcome?.outcome).toBe('created');
      });

      it.each([
        ['the ID is taken', { id: 'taken' }, 'ERR_ALREADY_EXISTS'],
        ['a selector is named twice', { selectors: sampleSelectors('a:1', 'a:1') }, 'ERR_ALREADY_EXISTS'],
        ['a DNS name is named twice', { dnsNames: ['a', 'b', 'a'] }, 'ERR_ALREADY_EXISTS'],
        [
          'a federated domain has no bundle',
          { federatesWith: [parseTrustDomain('none.test')] },
          'ERR_STORE_FEDERATED_BUNDLE',
        ],
      ])('refuses when %s, and creates the others of the batch', async (reason, fields, code) => {
        await store().create([entryAt('/refused/taken', { id: 'taken' })]);
        const path = `/refused/${reason.replaceAll(' ', '-')}`;
        const outcomes = await store().create([entryAt(`${path}/bad`, fields), entryAt(`${path}/good`)]);
        expect(outcomes.map(codeOf)).toEqual([code, 'created']);
        expect(await store().count({ spiffeId: sampleId(`${path}/bad`) })).toBe(0);
      });

      it('names the missing federated bundle as SPIRE does', async () => {
        const [outcome] = await store().create([
          entryAt('/refused-text', { federatesWith: [parseTrustDomain('none.test')] }),
        ]);
        expect(outcome).toMatchObject({
          error: { message: 'unable to find federated bundle "spiffe://none.test"' },
        });
      });

      it('takes one federated domain named twice as one', async () => {
        await opened().datastore.bundles.set(sampleBundle('twice.test'));
        const twice = parseTrustDomain('twice.test');
        const [entry] = await createAll(store(), [entryAt('/fed-twice', { federatesWith: [twice, twice] })]);
        expect(entry?.federatesWith).toEqual([twice]);
      });

      it('gives nothing for nothing', async () => {
        expect(await store().create([])).toEqual([]);
      });

      it.each(HOSTILE_TEXTS)('keeps %j as data', async (text) => {
        const selectors = [{ type: 'hostile', value: text }];
        const [entry] = await createAll(store(), [
          entryAt('/hostile', { selectors, hint: text, dnsNames: [text] }),
        ]);
        const filter: EntryFilter = { hint: text, selectors: { values: selectors, match: 'exact' } };
        expect((await store().list(filter, wholeList)).items).toEqual([entry]);
        expect(await store().count({ hint: `${text}x` })).toBe(0);
      });
    });

    describe('update', () => {
      it('replaces the fields present, keeps the others, raises the revision', async () => {
        const [entry] = await createAll(store(), [entryAt('/update/some', { hint: 'old', x509SvidTtl: 5 })]);
        const [outcome] = await store().update([{ id: entry!.id, fields: { hint: '', admin: true } }]);
        const expected = { ...entry, hint: '', admin: true, revisionNumber: 1 };
        expect(outcome).toEqual({ outcome: 'updated', entry: expected });
        expect(await store().get(entry!.id)).toEqual(expected);
      });

      it('raises the revision even when nothing is changed', async () => {
        const [entry] = await createAll(store(), [entryAt('/update/nothing')]);
        await store().update([{ id: entry!.id, fields: {} }]);
        await store().update([{ id: entry!.id, fields: {} }]);
        expect((await store().get(entry!.id))?.revisionNumber).toBe(2);
      });

      it('is found by its new values and no longer by the old', async () => {
        const old = { selectors: sampleSelectors('upd:old'), parentId: sampleId('/upd/old') };
        const fresh = { selectors: sampleSelectors('upd:new', 'upd:more'), parentId: sampleId('/upd/new') };
        const [entry] = await createAll(store(), [entryAt('/update/found', old)]);
        await store().update([{ id: entry!.id, fields: fresh }]);
        const count = (values: typeof old.selectors): Promise<number> =>
          store().count({ selectors: { values, match: 'exact' } });
        expect([await count(old.selectors), await count(fresh.selectors)]).toEqual([0, 1]);
        expect(await store().count({ parentId: old.parentId })).toBe(0);
        expect(await store().count({ parentId: fresh.parentId })).toBe(1);
      });

      it('does not check similarity', async () => {
        const [, second] = await createAll(store(), [entryAt('/update/a'), entryAt('/update/b')]);
        const [outcome] = await store().update([
          { id: second!.id, fields: { spiffeId: sampleId('/update/a') } },
        ]);
        expect(outcome?.outcome).toBe('updated');
      });

      it('refuses an unknown ID and a missing bundle, item by item, and changes nothing then', async () => {
        const [entry] = await createAll(store(), [entryAt('/update/refused')]);
        const outcomes = await store().update([
          { id: 'nobody', fields: {} },
          { id: entry!.id, fields: { hint: 'x', federatesWith: [parseTrustDomain('none.test')] } },
          { id: entry!.id, fields: { hint: 'y' } },
        ]);
        expect(outcomes.map(codeOf)).toEqual(['ERR_NOT_FOUND', 'ERR_STORE_FEDERATED_BUNDLE', 'updated']);
        expect(await store().get(entry!.id)).toEqual({ ...entry, hint: 'y', revisionNumber: 1 });
      });
    });

    describe('delete', () => {
      it('tells for each ID whether it existed; what is gone is found by nothing', async () => {
        const [entry] = await createAll(store(), [entryAt('/delete/me')]);
        expect(await store().delete([entry!.id, 'nobody', entry!.id])).toEqual([true, false, false]);
        expect(await store().get(entry!.id)).toBeUndefined();
        expect(await store().count({ spiffeId: entry!.spiffeId })).toBe(0);
      });

      it('lets an ID be used again, from revision 0', async () => {
        const again = entryAt('/delete/again', { id: 'again' });
        await store().create([again]);
        await store().update([{ id: 'again', fields: {} }]);
        await store().delete(['again']);
        const [entry] = await createAll(store(), [again]);
        expect(entry?.revisionNumber).toBe(0);
      });
    });

    describe('expired and deleteExpired', () => {
      it('deletes what expired before the time, nothing that never expires or expires then', async () => {
        const expiries = [0, 100, 199, 200, 201];
        const created = await createAll(
          store(),
          expiries.map((expiresAt) => entryAt(`/prune/${expiresAt}`, { expiresAt })),
        );
        const mine = new Set(created.map(({ id }) => id));
        const expired = (await store().expired(200, 1000)).filter((id) => mine.has(id));
        expect(expired).toHaveLength(2);
        expect(await store().expired(200, 1)).toHaveLength(1);
        // Those that were not named as expired are looked at again, and stay.
        expect(await store().deleteExpired([...mine], 200)).toBe(2);
        const left = await Promise.all(created.map(({ id }) => store().get(id)));
        expect(left.map((entry) => entry?.expiresAt)).toEqual([0, undefined, undefined, 200, 201]);
        await store().delete(created.map(({ id }) => id));
      });
    });

    describe('list and count', () => {
      const parentId = sampleId('/filter/agent');
      const one = parseTrustDomain('one.test');
      const two = parseTrustDomain('two.test');
      const prepared = lazy(async () => {
        await opened().datastore.bundles.set(sampleBundle('one.test'));
        await opened().datastore.bundles.set(sampleBundle('two.test'));
        return createAll(store(), [
          entryAt('/filter/0', { parentId, selectors: sampleSelectors('f:a'), hint: 'h' }),
          entryAt('/filter/1', { parentId, selectors: sampleSelectors('f:a', 'f:b'), federatesWith: [one] }),
          entryAt('/filter/2', { parentId, selectors: sampleSelectors('f:c'), federatesWith: [one, two] }),
          entryAt('/filter/3', { parentId, selectors: sampleSelectors('f:a:b'), downstream: true }),
          entryAt('/filter/0', { parentId, selectors: sampleSelectors('f:b', 'f:c', 'f:d') }),
        ]);
      });
      const selectors = (match: MatchBehavior, ...texts: string[]): EntryFilter => ({
        selectors: { values: sampleSelectors(...texts), match },
      });
      const federates = (match: MatchBehavior, ...values: (typeof one)[]): EntryFilter => ({
        federatesWith: { values, match },
      });

      it.each<[string, EntryFilter, number[]]>([
        ['nothing but the parent', {}, [0, 1, 2, 3, 4]],
        ['the SPIFFE ID', { spiffeId: sampleId('/filter/0') }, [0, 4]],
        ['a hint', { hint: 'h' }, [0]],
        ['an empty hint, which filters nothing', { hint: '' }, [0, 1, 2, 3, 4]],
        ['downstream', { downstream: true }, [3]],
        ['downstream false, which filters nothing', { downstream: false }, [0, 1, 2, 3, 4]],
        ['selectors exact', selectors('exact', 'f:b', 'f:a'), [1]],
        ['selectors exact, one named twice', selectors('exact', 'f:a', 'f:a'), [0]],
        ['selectors subset', selectors('subset', 'f:a', 'f:b', 'f:x'), [0, 1]],
        ['selectors superset', selectors('superset', 'f:b'), [1, 4]],
        ['selectors any', selectors('any', 'f:a', 'f:c'), [0, 1, 2, 4]],
        ['federation exact', federates('exact', one), [1]],
        ['federation subset', federates('subset', one, two), [1, 2]],
        ['federation superset', federates('superset', two), [2]],
        ['federation any', federates('any', one, two), [1, 2]],
        [
          'everything at once',
          { ...selectors('any', 'f:c'), ...federates('any', two), spiffeId: sampleId('/filter/2') },
          [2],
        ],
        ['contradictions', { ...selectors('any', 'f:c'), hint: 'h' }, []],
      ])('filters by %s', async (_, filter, expected) => {
        const entries = await prepared();
        const asked = { parentId, ...filter };
        const { items, nextPageToken } = await store().list(asked, wholeList);
        expect(items).toEqual(expected.map((i) => entries[i]));
        expect(nextPageToken).toBe('');
        expect(await store().count(asked)).toBe(expected.length);
      });

      it('matches selectors as core says, for any rows and query', async () => {
        const selector = fc.constantFrom('p:1', 'p:2', 'p:3', 'p:4');
        const set = fc.uniqueArray(selector, { minLength: 1 });
        const match = fc.constantFrom<MatchBehavior>('exact', 'subset', 'superset', 'any');
        let round = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(set, { maxLength: 8 }), set, match, async (rows, query, behavior) => {
            const parent = sampleId(`/match/${round++}`);
            const made = rows.map((texts, i) =>
              entryAt(`/match/${i}`, { parentId: parent, selectors: sampleSelectors(...texts) }),
            );
            const entries = await createAll(store(), made);
            const values = sampleSelectors(...query);
            const { items } = await store().list(
              { parentId: parent, selectors: { values, match: behavior } },
              wholeList,
            );
            expect(items).toEqual(
              entries.filter((entry) => matchSelectors(entry.selectors, values, behavior)),
            );
          }),
          { numRuns: 60 },
        );
      });

      it.each<[string, EntryFilter]>([
        ['selectors', { selectors: { values: [], match: 'any' } }],
        ['trust domains', { federatesWith: { values: [], match: 'any' } }],
      ])('refuses an empty set of %s', async (_, filter) => {
        await expect(store().list(filter, wholeList)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
        await expect(store().count(filter)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
      });
    });

    describe('paging', () => {
      it('returns each row once, in creation order, whatever the page size', async () => {
        let round = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.integer({ min: 0, max: 12 }),
            fc.integer({ min: 1, max: 14 }),
            async (count, size) => {
              const parentId = sampleId(`/paging/${round++}`);
              const made = Array.from({ length: count }, (_, i) => entryAt(`/paging/${i}`, { parentId }));
              const entries = await createAll(store(), made);
              expect(await readPages(store(), { parentId }, size)).toEqual(entries);
            },
          ),
          { numRuns: 40 },
        );
      });

      it('skips nothing and repeats nothing when rows go and come between the pages', async () => {
        const parentId = sampleId('/paging/moving');
        const at = (i: number): Parameters<EntryStore['create']>[0][number] =>
          entryAt(`/moving/${i}`, { parentId });
        const entries = await createAll(store(), [0, 1, 2, 3, 4, 5].map(at));
        const first = await store().list({ parentId }, { size: 2, token: '' });
        await store().delete([entries[1]!.id, entries[3]!.id]);
        const [added] = await createAll(store(), [at(6)]);
        const rest = await store().list({ parentId }, { size: 9, token: first.nextPageToken });
        expect(rest.items).toEqual([entries[2], entries[4], entries[5], added]);
      });

      it.each(['abc', '1', '-1', 'AAAA', "' OR 1=1", '9'.repeat(400), 'AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAA'])(
        'refuses the token %s',
        async (token) => {
          await expect(store().list({}, { size: 1, token })).rejects.toMatchObject({
            code: 'ERR_STORE_PAGE_TOKEN',
          });
        },
      );

      it('refuses a token with any bit changed, and one of another list', async () => {
        const parentId = sampleId('/paging/token');
        await createAll(store(), [entryAt('/token/1', { parentId }), entryAt('/token/2', { parentId })]);
        const { nextPageToken } = await store().list({ parentId }, { size: 1, token: '' });
        const bytes = Buffer.from(nextPageToken, 'base64url');
        for (let bit = 0; bit < bytes.length * 8; bit += 7) {
          const changed = Buffer.from(bytes);
          changed[bit >> 3]! ^= 1 << (bit & 7);
          const token = changed.toString('base64url');
          await expect(store().list({}, { size: 1, token })).rejects.toMatchObject({
            code: 'ERR_STORE_PAGE_TOKEN',
          });
        }
        await expect(
          opened().datastore.bundles.list({ size: 1, token: nextPageToken }),
        ).rejects.toMatchObject({ code: 'ERR_STORE_PAGE_TOKEN' });
      });
    });
  });
}

function entryAt(
  path: string,
  fields: Parameters<typeof sampleEntry>[0] = {},
): ReturnType<typeof sampleEntry> {
  return sampleEntry({ parentId: sampleId(`/agent${path}`), spiffeId: sampleId(path), ...fields });
}

async function createAll(
  store: EntryStore,
  entries: Parameters<EntryStore['create']>[0],
): Promise<RegistrationEntry[]> {
  return (await store.create(entries)).map((outcome) => {
    if (outcome.outcome !== 'created') throw new Error(`not created: ${codeOf(outcome)}`);
    return outcome.entry;
  });
}

function codeOf(outcome: CreateEntryOutcome | Awaited<ReturnType<EntryStore['update']>>[number]): string {
  return outcome.outcome === 'refused' ? outcome.error.code : outcome.outcome;
}

async function readPages(store: EntryStore, filter: EntryFilter, size: number): Promise<RegistrationEntry[]> {
  const found: RegistrationEntry[] = [];
  let token = '';
  do {
    const page = await store.list(filter, { size, token });
    expect(page.items.length).toBeLessThanOrEqual(size);
    found.push(...page.items);
    token = page.nextPageToken;
  } while (token !== '');
  return found;
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
