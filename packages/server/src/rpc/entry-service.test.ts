import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type WireEntryInput } from '@signet/api';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const { OK, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, INTERNAL } = status;
const id = (path: string, trustDomain = 'example.org') => ({ trust_domain: trustDomain, path });
const plain = {
  parent_id: id('/spire/agent/x'),
  spiffe_id: id('/workload'),
  selectors: [{ type: 'unix', value: 'uid:1000' }],
};
const selectorsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ type: 'many', value: `${i}` }));
let made = 0;
/** An entry that is similar to no other. */
const unique = (changes: WireEntryInput = {}): WireEntryInput => ({
  ...plain,
  spiffe_id: id(`/unique/${(made += 1)}`),
  ...changes,
});

describe('The Entry API', () => {
  let server: TestServer;
  let clients: TestClients;

  beforeAll(async () => {
    server = await TestServer.start();
    clients = server.local;
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const create = (...entries: WireEntryInput[]) =>
    callUnary(clients.entry, clients.entry.BatchCreateEntry, { entries }).then(({ results }) => results);
  const createOne = async (changes: WireEntryInput = {}) => {
    const [result] = await create(unique(changes));
    expect(result?.status).toEqual({ code: OK, message: 'OK' });
    return result!.entry!;
  };
  const update = (...entries: WireEntryInput[]) =>
    callUnary(clients.entry, clients.entry.BatchUpdateEntry, { entries }).then(({ results }) => results);

  describe('BatchCreateEntry', () => {
    it.each<[string, WireEntryInput, string]>([
      ['no parent', { parent_id: null }, 'invalid parent ID: request must specify SPIFFE ID'],
      [
        'a foreign parent',
        { parent_id: id('/x', 'other.org') },
        'invalid parent ID: "spiffe://other.org/x" is not a member of trust domain "example.org"',
      ],
      ['no SPIFFE ID', { spiffe_id: null }, 'invalid spiffe ID: request must specify SPIFFE ID'],
      [
        'T12: the server ID',
        { spiffe_id: id('/spire/server') },
        'invalid spiffe ID: "spiffe://example.org/spire/server" is not a workload in trust domain "example.org"; path is in the reserved namespace',
      ],
      [
        'T12: a foreign ID',
        { spiffe_id: id('/x', 'other.org') },
        'invalid spiffe ID: "spiffe://other.org/x" is not a member of trust domain "example.org"',
      ],
      ['no selectors', { selectors: [] }, 'selector list is empty'],
      ['a selector without type', { selectors: [{ type: '', value: 'x' }] }, 'missing selector type'],
      [
        'a selector type with colon',
        { selectors: [{ type: 'a:b', value: 'x' }] },
        "selector type contains ':'",
      ],
      ['a selector without value', { selectors: [{ type: 'a', value: '' }] }, 'missing selector value'],
      ['a long hint', { hint: 'h'.repeat(1025) }, 'hint is too long, max length is 1024 characters'],
    ])('refuses %s', async (_name, changes, text) => {
      const [result] = await create({ ...plain, ...changes });
      expect(result).toEqual({
        status: { code: INVALID_ARGUMENT, message: `failed to convert entry: ${text}` },
        entry: null,
      });
    });

    it.each<[string, WireEntryInput]>([
      ['failed to convert entry: invalid DNS name: ', { dns_names: ['a..b'] }],
      ['failed to convert entry: invalid federated trust domain: ', { federates_with: ['Not A Domain'] }],
    ])('says %s…', async (prefix, changes) => {
      const [result] = await create({ ...plain, ...changes });
      expect(result?.status?.code).toBe(INVALID_ARGUMENT);
      expect(result?.status?.message.startsWith(prefix)).toBe(true);
    });

    it.each<[string, WireEntryInput, status, string]>([
      [
        'a bad ID',
        { id: 'a b' },
        INVALID_ARGUMENT,
        'failed to create entry: datastore-validation: invalid registration entry: entry ID contains invalid characters',
      ],
      [
        'a negative TTL',
        { x509_svid_ttl: -1 },
        INVALID_ARGUMENT,
        'failed to create entry: datastore-validation: invalid registration entry: X509SvidTtl is not set',
      ],
      [
        'mixed selectors of a stored SVID',
        {
          store_svid: true,
          selectors: [
            { type: 'a', value: 'x' },
            { type: 'b', value: 'x' },
          ],
        },
        INVALID_ARGUMENT,
        'failed to create entry: datastore-validation: invalid registration entry: selector types must be the same when store SVID is enabled',
      ],
      [
        'an unknown federated domain',
        { federates_with: ['other.org'] },
        INTERNAL,
        'failed to create entry: unable to find federated bundle "spiffe://other.org"',
      ],
    ])('refuses %s', async (_name, changes, code, message) => {
      const [result] = await create(unique(changes));
      expect(result).toEqual({ status: { code, message }, entry: null });
    });

    it('creates with the ID asked for, revision 0 and the time, whatever the request says of both', async () => {
      const entry = await createOne({ id: 'chosen', revision_number: 7, created_at: 9 });
      expect(entry).toMatchObject({ id: 'chosen', revision_number: '0' });
      expect(Number(entry.created_at)).toBeGreaterThan(1_700_000_000);
      const [taken] = await create(unique({ id: 'chosen' }));
      expect(taken).toMatchObject({ status: { code: ALREADY_EXISTS }, entry: null });
    });

    it('gives the similar entry that exists', async () => {
      const first = await createOne({ hint: 'first' });
      const [second] = await create({ ...plain, spiffe_id: first.spiffe_id, hint: 'second' });
      expect(second).toEqual({
        status: { code: ALREADY_EXISTS, message: 'similar entry already exists' },
        entry: first,
      });
    });

    it('refuses a selector or DNS name given twice, without an entry', async () => {
      const twice = { type: 'a', value: 'x' };
      const results = await create(unique({ selectors: [twice, twice] }), unique({ dns_names: ['a', 'a'] }));
      expect(results.map((result) => ({ code: result.status?.code, entry: result.entry }))).toEqual([
        { code: ALREADY_EXISTS, entry: null },
        { code: ALREADY_EXISTS, entry: null },
      ]);
    });

    it('answers each item on its own, in order', async () => {
      const results = await create(unique(), { ...plain, selectors: [] }, unique());
      expect(results.map((result) => result.status?.code)).toEqual([OK, INVALID_ARGUMENT, OK]);
    });

    it('keeps the order of selectors and DNS names, and masks the answer', async () => {
      const selectors = [
        { type: 'z', value: '1' },
        { type: 'a', value: '2' },
      ];
      const entry = await createOne({ selectors, dns_names: ['z.test', 'a.test'] });
      expect(entry).toMatchObject({ selectors, dns_names: ['z.test', 'a.test'] });
      const { results } = await callUnary(clients.entry, clients.entry.BatchCreateEntry, {
        entries: [unique()],
        output_mask: {},
      });
      expect(results[0]?.entry).toMatchObject({ spiffe_id: null, selectors: [] });
      expect(results[0]?.entry?.id).not.toBe('');
    });

    it.each<[string, WireEntryInput]>([
      ['an expiry beyond all time', { expires_at: '9223372036854775807' }],
      ['an expiry before all time', { expires_at: '-9223372036854775808' }],
      ['a negative expiry', { expires_at: '-5' }],
      ['1,001 selectors', { selectors: selectorsOf(1001) }],
      ['selectors of more than 256 KiB', { selectors: [{ type: 'a', value: 'x'.repeat(256 * 1024) }] }],
      ['257 DNS names', { dns_names: Array.from({ length: 257 }, (_, i) => `h${i}.example.org`) }],
      ['1,001 federated domains', { federates_with: Array.from({ length: 1001 }, (_, i) => `h${i}.org`) }],
    ])('refuses the item with %s, and no other (T13)', async (_name, changes) => {
      const [bad, good] = await create(unique(changes), unique());
      expect([bad?.status?.code, good?.status?.code]).toEqual([INVALID_ARGUMENT, OK]);
      expect(bad?.status?.message).toMatch(
        /^failed to convert entry: (expiry is out of range|entry has [0-9]+ )/,
      );
      const [updated] = await update({ ...good!.entry, ...changes });
      expect(updated?.status?.code).toBe(INVALID_ARGUMENT);
    });

    it('takes what is just within the limits', async () => {
      const selectors = selectorsOf(1000);
      const names = Array.from({ length: 256 }, (_, i) => `h${i}.example.org`);
      const [result] = await create(unique({ selectors, dns_names: names, expires_at: 2 ** 53 - 1 }));
      expect(result?.status?.code).toBe(OK);
    });

    it('refuses a batch of more than 10,000, of whatever is in it', async () => {
      const details = 'batch has 10001 items, at most 10000 are allowed';
      const entries = Array.from({ length: 10_001 }, () => ({}));
      const ids = entries.map(() => 'x');
      const { entry } = clients;
      for (const refused of [
        callUnary(entry, entry.BatchCreateEntry, { entries }),
        callUnary(entry, entry.BatchUpdateEntry, { entries }),
        callUnary(entry, entry.BatchDeleteEntry, { ids }),
      ]) {
        expect(await failureOf(refused)).toMatchObject({ code: INVALID_ARGUMENT, details });
      }
      expect((await create(...entries.slice(1))).length).toBe(10_000);
    });

    it('answers an empty batch', async () => {
      expect(await create()).toEqual([]);
    });
  });

  describe('BatchUpdateEntry', () => {
    it('replaces everything without a mask, and counts the revision', async () => {
      const entry = await createOne({
        hint: 'before',
        additional_attributes: { jwt_svid_include_jti: true },
      });
      const [result] = await update({ ...plain, id: entry.id, spiffe_id: entry.spiffe_id });
      expect(result).toMatchObject({ status: { code: OK }, entry: { hint: '', revision_number: '1' } });
      expect(result?.entry?.additional_attributes ?? null).toBeNull();
    });

    it('replaces only what the mask names, and counts a change of nothing too', async () => {
      const entry = await createOne({ hint: 'before' });
      const masked = { entries: [{ id: entry.id, hint: 'after', admin: true }], input_mask: { hint: true } };
      const first = await callUnary(clients.entry, clients.entry.BatchUpdateEntry, masked);
      expect(first.results[0]?.entry).toEqual({ ...entry, hint: 'after', revision_number: '1' });
      const nothing = { entries: [{ id: entry.id }], input_mask: {} };
      const second = await callUnary(clients.entry, clients.entry.BatchUpdateEntry, nothing);
      expect(second.results[0]?.entry).toMatchObject({ hint: 'after', revision_number: '2' });
    });

    it('does not find an unknown entry', async () => {
      const [result] = await update({ ...plain, id: 'none' });
      expect(result).toEqual({ status: { code: NOT_FOUND, message: 'failed to update entry' }, entry: null });
      const masked = { entries: [{ id: 'none' }], input_mask: {} };
      const { results } = await callUnary(clients.entry, clients.entry.BatchUpdateEntry, masked);
      expect(results[0]?.status).toEqual({ code: NOT_FOUND, message: 'failed to update entry' });
    });

    it('holds the changed entry against the rules as a whole', async () => {
      const entry = await createOne({
        selectors: [
          { type: 'a', value: 'x' },
          { type: 'b', value: 'x' },
        ],
      });
      const request = { entries: [{ id: entry.id, store_svid: true }], input_mask: { store_svid: true } };
      const { results } = await callUnary(clients.entry, clients.entry.BatchUpdateEntry, request);
      expect(results[0]?.status?.code).toBe(INVALID_ARGUMENT);
    });
  });

  describe('GetEntry and BatchDeleteEntry', () => {
    it('want an ID and find what is there', async () => {
      const get = (wanted: string) => callUnary(clients.entry, clients.entry.GetEntry, { id: wanted });
      expect(await failureOf(get(''))).toMatchObject({ code: INVALID_ARGUMENT, details: 'missing ID' });
      expect(await failureOf(get('none'))).toMatchObject({ code: NOT_FOUND, details: 'entry not found' });
      const entry = await createOne();
      expect(await get(entry.id)).toEqual(entry);
      const { results } = await callUnary(clients.entry, clients.entry.BatchDeleteEntry, {
        ids: ['', 'none', entry.id],
      });
      expect(results).toEqual([
        { id: '', status: { code: INVALID_ARGUMENT, message: 'missing entry ID' } },
        { id: 'none', status: { code: NOT_FOUND, message: 'entry not found' } },
        { id: entry.id, status: { code: OK, message: 'OK' } },
      ]);
      expect((await failureOf(get(entry.id))).code).toBe(NOT_FOUND);
    });
  });

  describe('ListEntries and CountEntries', () => {
    it.each<[object, string]>([
      [
        { by_parent_id: id('/x', 'other.org') },
        'malformed parent ID filter: "spiffe://other.org/x" is not a member of trust domain "example.org"',
      ],
      [
        { by_spiffe_id: id('/spire/server') },
        'malformed SPIFFE ID filter: "spiffe://example.org/spire/server" is not a workload in trust domain "example.org"; path is in the reserved namespace',
      ],
      [{ by_selectors: {} }, 'malformed selectors filter: empty selector set'],
      [{ by_selectors: { selectors: [{}] } }, 'malformed selectors filter: missing selector type'],
      [
        { by_selectors: { selectors: selectorsOf(1001) } },
        'malformed selectors filter: filter has 1001 selectors, at most 1000 are allowed',
      ],
      [
        { by_federates_with: { trust_domains: Array.from({ length: 1001 }, (_, i) => `h${i}.org`) } },
        'malformed federates with filter: filter has 1001 trust domains, at most 1000 are allowed',
      ],
      [{ by_federates_with: {} }, 'malformed federates with filter: empty trust domain set'],
    ])('refuse %j', async (filter, details) => {
      expect(await failureOf(callUnary(clients.entry, clients.entry.ListEntries, { filter }))).toMatchObject({
        code: INVALID_ARGUMENT,
        details,
      });
      expect(await failureOf(callUnary(clients.entry, clients.entry.CountEntries, { filter }))).toMatchObject(
        { code: INVALID_ARGUMENT, details },
      );
    });

    it.each(['MATCH_EXACT', 'MATCH_SUBSET', 'MATCH_SUPERSET', 'MATCH_ANY'] as const)(
      'take 1,000 selectors: %s',
      async (match) => {
        const filter = { by_selectors: { match, selectors: selectorsOf(1000) } };
        await callUnary(clients.entry, clients.entry.CountEntries, { filter });
      },
    );

    it('filter by each field', async () => {
      const wanted = await createOne({
        parent_id: id('/list'),
        hint: 'needle',
        downstream: true,
        selectors: [
          { type: 'l', value: '1' },
          { type: 'l', value: '2' },
        ],
      });
      await createOne({ parent_id: id('/list') });
      const found = async (filter: object) =>
        (await callUnary(clients.entry, clients.entry.ListEntries, { filter })).entries.map(
          (entry) => entry.id,
        );
      const count = async (filter: object) =>
        (await callUnary(clients.entry, clients.entry.CountEntries, { filter })).count;
      expect(await count({ by_parent_id: id('/list') })).toBe(2);
      expect(await found({ by_spiffe_id: wanted.spiffe_id })).toEqual([wanted.id]);
      expect(await found({ by_hint: { value: 'needle' } })).toEqual([wanted.id]);
      expect(await found({ by_parent_id: id('/list'), by_downstream: { value: true } })).toEqual([wanted.id]);
      expect(await count({ by_parent_id: id('/list'), by_downstream: { value: false } })).toBe(2);
      expect(await count({ by_parent_id: id('/list'), by_hint: { value: '' } })).toBe(2);
      const match = async (match: 'MATCH_EXACT' | 'MATCH_SUPERSET', values: string[]) =>
        found({ by_selectors: { match, selectors: values.map((value) => ({ type: 'l', value })) } });
      expect(await match('MATCH_SUPERSET', ['1'])).toEqual([wanted.id]);
      expect(await match('MATCH_EXACT', ['1'])).toEqual([]);
      expect(await match('MATCH_EXACT', ['2', '1'])).toEqual([wanted.id]);
    });

    it('page through everything in the order of creation', async () => {
      const all = await callUnary(clients.entry, clients.entry.ListEntries, {});
      expect(all.next_page_token).toBe('');
      const ids: string[] = [];
      let token = '';
      do {
        const page = await callUnary(clients.entry, clients.entry.ListEntries, {
          page_size: 3,
          page_token: token,
          output_mask: {},
        });
        expect(page.entries.length).toBeLessThanOrEqual(3);
        ids.push(...page.entries.map((entry) => entry.id));
        token = page.next_page_token;
      } while (token !== '');
      expect(ids).toEqual(all.entries.map((entry) => entry.id));
    });

    it.each(['abc', '99999999999999999999', '{}', "1' OR '1'='1"])(
      'T16: refuse the page token %s',
      async (token) => {
        const call = callUnary(clients.entry, clients.entry.ListEntries, { page_size: 3, page_token: token });
        const { code, details } = await failureOf(call);
        expect(code).toBe(INTERNAL);
        expect(details).toMatch(/^failed to list entries: /);
      },
    );
  });
});
