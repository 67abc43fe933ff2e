import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import {
  permissionDeniedReason,
  type SyncAuthorizedEntriesRequestInput,
  type SyncAuthorizedEntriesResponseOutput,
} from '@signet/api';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const PAGE = 500;

describe('SyncAuthorizedEntries and GetAuthorizedEntries', () => {
  let server: TestServer;
  let agent: TestAgent;
  let as: TestClients;

  beforeAll(async () => {
    server = await TestServer.start();
    agent = await server.attestAgent();
    as = await server.connect(agent);
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  const addEntries = async (from: number, to: number, parent = `/spire/agent/join_token/${agent.token}`) => {
    const entries = Array.from({ length: to - from }, (_, index) => ({
      parent_id: { trust_domain: 'example.org', path: parent },
      spiffe_id: { trust_domain: 'example.org', path: `/workload/${from + index}` },
      selectors: [{ type: 'unix', value: `uid:${from + index}` }],
    }));
    const { results } = await callUnary(server.local.entry, server.local.entry.BatchCreateEntry, { entries });
    expect(results.filter((result) => result.status?.code !== 0)).toEqual([]);
    return results.map((result) => result.entry?.id ?? '');
  };

  it('give an agent its entries, and nobody else', async () => {
    const empty = await callUnary(as.entry, as.entry.GetAuthorizedEntries, {});
    expect(empty.entries).toEqual([]);
    const ids = await addEntries(0, 2);
    await addEntries(10, 12, '/spire/agent/join_token/somebody-else');
    const { entries } = await callUnary(as.entry, as.entry.GetAuthorizedEntries, {
      output_mask: { spiffe_id: true },
    });
    expect(entries.map((entry) => entry.id).sort()).toEqual([...ids].sort());
    expect(entries.every((entry) => entry.spiffe_id !== null && entry.selectors.length === 0)).toBe(true);
  });

  it('answer the first request with the whole list in one message, and end', async () => {
    const sync = new Sync(as);
    sync.ask({});
    const first = await sync.next();
    expect(first).toMatchObject({ entry_revisions: [], more: false });
    expect(first?.entries).toHaveLength(2);
    expect(await sync.next()).toBeUndefined();
  });

  it.each<[string, SyncAuthorizedEntriesRequestInput]>([
    ['specifying IDs on initial request is not supported', { ids: ['x'] }],
    ['revision number cannot be masked', { output_mask: { spiffe_id: true } }],
  ])('refuse: %s', async (details, request) => {
    const sync = new Sync(as);
    sync.ask(request);
    expect(await failureOf(sync.next())).toMatchObject({ code: status.INVALID_ARGUMENT, details });
  });

  it('end without an error when the client says nothing', async () => {
    const sync = new Sync(as);
    sync.end();
    expect(await sync.next()).toBeUndefined();
  });

  it('split only beyond 500 entries: revisions first, then the entries that are asked for', async () => {
    await addEntries(100, 100 + PAGE - 2);
    const whole = new Sync(as);
    whole.ask({});
    expect((await whole.next())?.entries).toHaveLength(PAGE);

    const [extra] = await addEntries(5000, 5001);
    const sync = new Sync(as);
    sync.ask({ output_mask: { revision_number: true } });
    const first = await sync.next();
    expect(first?.entry_revisions).toHaveLength(PAGE);
    expect(first).toMatchObject({ more: true, entries: [] });
    const last = await sync.next();
    expect(last?.entry_revisions).toHaveLength(1);
    expect(last?.more).toBe(false);
    const revisions = [...(first?.entry_revisions ?? []), ...(last?.entry_revisions ?? [])];
    expect(revisions.find(({ id }) => id === extra)).toMatchObject({ revision_number: '0' });
    expect(revisions.every(({ created_at: createdAt }) => Number(createdAt) > 0)).toBe(true);

    sync.ask({ ids: ['unknown'] });
    expect(await sync.next()).toEqual({ entry_revisions: [], entries: [], more: false });

    sync.ask({ ids: [extra!, 'unknown'], output_mask: { spiffe_id: true } });
    const answer = await sync.next();
    // The mask of the first request stays in force.
    expect(answer?.entries).toMatchObject([{ id: extra, spiffe_id: null }]);

    sync.ask({ ids: revisions.map(({ id }) => id) });
    const page1 = await sync.next();
    const page2 = await sync.next();
    expect([page1?.entries.length, page1?.more, page2?.entries.length, page2?.more]).toEqual([
      PAGE,
      true,
      1,
      false,
    ]);
    expect([...(page1?.entry_revisions ?? []), ...(page2?.entry_revisions ?? [])]).toEqual([]);

    sync.end();
    expect(await sync.next()).toBeUndefined();
  }, 60_000);

  it('split what is too large for a message, however few the entries, and no answer is larger', async () => {
    const other = await server.attestAgent();
    const large = await server.connect(other);
    const entries = Array.from({ length: 40 }, (_, index) => ({
      parent_id: { trust_domain: 'example.org', path: `/spire/agent/join_token/${other.token}` },
      spiffe_id: { trust_domain: 'example.org', path: `/large/${index}` },
      selectors: [{ type: 'unix', value: `${index}:${'x'.repeat(200 * 1024)}` }],
    }));
    for (let first = 0; first < entries.length; first += 10) {
      const portion = { entries: entries.slice(first, first + 10), output_mask: {} };
      await callUnary(server.local.entry, server.local.entry.BatchCreateEntry, portion);
    }
    const sync = new Sync(large);
    sync.ask({});
    const first = await sync.next();
    expect([first?.entries.length, first?.entry_revisions.length, first?.more]).toEqual([0, 40, false]);
    sync.ask({ ids: first!.entry_revisions.map(({ id }) => id) });
    const pages: number[] = [];
    for (let more = true; more;) {
      const page = await sync.next();
      pages.push(page!.entries.length);
      more = page!.more;
    }
    expect(pages).toEqual([20, 20]);
    sync.end();
    expect(await sync.next()).toBeUndefined();
  });

  it.each([
    ['banned', 'BanAgent', 'AGENT_BANNED'],
    ['evicted', 'DeleteAgent', 'AGENT_NOT_ATTESTED'],
  ] as const)('T20: end at once when the agent is %s', async (_name, method, reason) => {
    const other = await server.attestAgent();
    const path = `/spire/agent/join_token/${other.token}`;
    await addEntries(20_000, 20_000 + PAGE + 1, path);
    const sync = new Sync(await server.connect(other));
    sync.ask({});
    await sync.next();
    await sync.next();
    const ended = failureOf(sync.next());
    await callUnary(server.local.agent, server.local.agent[method], {
      id: { trust_domain: 'example.org', path },
    });
    const { code, error } = await ended;
    expect({ code, reason: permissionDeniedReason(error.metadata) }).toEqual({
      code: status.PERMISSION_DENIED,
      reason,
    });
  });

  it('give a deleted entry to nobody any more, at once', async () => {
    const before = (await callUnary(as.entry, as.entry.GetAuthorizedEntries, {})).entries;
    const gone = before[0]!.id;
    await callUnary(server.local.entry, server.local.entry.BatchDeleteEntry, { ids: [gone] });
    const after = (await callUnary(as.entry, as.entry.GetAuthorizedEntries, {})).entries;
    expect(after).toHaveLength(before.length - 1);
    expect(after.map(({ id }) => id)).not.toContain(gone);
  });
});

/** One stream, read message by message. */
class Sync {
  readonly #stream: ReturnType<TestClients['entry']['SyncAuthorizedEntries']>;
  readonly #messages: AsyncIterator<SyncAuthorizedEntriesResponseOutput>;

  constructor(clients: TestClients) {
    this.#stream = clients.entry.SyncAuthorizedEntries();
    this.#messages = this.#stream.iterator({
      destroyOnReturn: false,
    }) as AsyncIterator<SyncAuthorizedEntriesResponseOutput>;
  }

  ask(request: SyncAuthorizedEntriesRequestInput): void {
    this.#stream.write(request);
  }

  end(): void {
    this.#stream.end();
  }

  async next(): Promise<SyncAuthorizedEntriesResponseOutput | undefined> {
    const result = await this.#messages.next();
    return result.done === true ? undefined : result.value;
  }
}
