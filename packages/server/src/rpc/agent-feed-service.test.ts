import { type ClientDuplexStream, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AgentFeedClient,
  agentFeedService,
  type ConnectRequestInput,
  type ConnectResponseOutput,
  permissionDeniedReason,
} from '@signet/api';
import { parseCrl } from '@signet/core';
import { callUnary } from '../../../../test/kit/grpc-call.ts';
import { type TestAgent, type TestClients, TestServer } from '../../../../test/kit/test-server.ts';

const HEARTBEAT_MS = 1000;

/** The feed of an agent: what came, and how it ended. */
class Feed {
  readonly messages: ConnectResponseOutput[] = [];
  ended: Pick<ServiceError, 'code' | 'details' | 'metadata'> | 'well' | undefined;
  readonly #call: ClientDuplexStream<ConnectRequestInput, ConnectResponseOutput>;
  #news: () => void = () => undefined;

  constructor(clients: TestClients, first?: ConnectRequestInput) {
    this.#call = clients.of<AgentFeedClient>(agentFeedService).Connect();
    this.#call.on('data', (message: ConnectResponseOutput) => {
      this.messages.push(message);
      this.#news();
    });
    this.#call.on('error', (error: ServiceError) => {
      this.ended ??= error;
      this.#news();
    });
    this.#call.on('end', () => {
      // An error comes after the end.
      setImmediate(() => {
        this.ended ??= 'well';
        this.#news();
      });
    });
    if (first !== undefined) this.say(first);
  }

  say(message: ConnectRequestInput = {}): void {
    this.#call.write(message);
  }

  /** Speaks as often as it is spoken to, as agents do. */
  live(): this {
    this.#call.on('data', () => this.say());
    return this;
  }

  async next(
    isWanted: (message: ConnectResponseOutput) => boolean = () => true,
  ): Promise<ConnectResponseOutput> {
    for (let i = 0; ; i++) {
      while (i >= this.messages.length) {
        if (this.ended !== undefined) throw new Error(`the feed ended: ${JSON.stringify(this.ended)}`);
        await new Promise<void>((resolve) => (this.#news = resolve));
      }
      const message = this.messages[i] as ConnectResponseOutput;
      if (isWanted(message)) return message;
    }
  }

  async end(): Promise<Exclude<Feed['ended'], undefined>> {
    while (this.ended === undefined) await new Promise<void>((resolve) => (this.#news = resolve));
    return this.ended;
  }

  /** Says that it says nothing more. */
  finish(): void {
    this.#call.end();
  }

  close(): void {
    this.#call.cancel();
  }
}

const hasEntries = (message: ConnectResponseOutput): boolean => message.entries_changed;

describe('AgentFeed.Connect', () => {
  let server: TestServer;
  let agents: readonly [TestAgent, TestAgent];
  let as: readonly [TestClients, TestClients];
  const open: Feed[] = [];

  beforeAll(async () => {
    server = await TestServer.start({ server: `agent_feed_heartbeat = "${HEARTBEAT_MS / 1000}s"` });
    agents = [await server.attestAgent(), await server.attestAgent()];
    as = [await server.connect(agents[0]), await server.connect(agents[1])];
  });
  afterEach(() => open.splice(0).forEach((feed) => feed.close()));
  afterAll(() => server[Symbol.asyncDispose]());

  const feedOf = (which: 0 | 1, first: ConnectRequestInput = {}): Feed => {
    const feed = new Feed(as[which], first).live();
    open.push(feed);
    return feed;
  };

  /** A feed of an agent that knows all there is. */
  const currentFeedOf = async (which: 0 | 1): Promise<Feed> => {
    const asked = feedOf(which);
    const { change, datastore_id } = await asked.next();
    asked.close();
    const feed = feedOf(which, { after_change: change, datastore_id });
    await feed.next();
    return feed;
  };

  const create = async (parentPath: string, path: string, more: object = {}): Promise<string> => {
    const { results } = await callUnary(server.local.entry, server.local.entry.BatchCreateEntry, {
      entries: [
        {
          parent_id: { trust_domain: 'example.org', path: parentPath },
          spiffe_id: { trust_domain: 'example.org', path },
          selectors: [{ type: 'unix', value: 'uid:1' }],
          ...more,
        },
      ],
    });
    expect(results[0]?.status?.code).toBe(status.OK);
    return results[0]?.entry?.id ?? '';
  };
  const remove = (id: string) =>
    callUnary(server.local.entry, server.local.entry.BatchDeleteEntry, { ids: [id] });
  const pathOf = (which: 0 | 1): string => `/spire/agent/join_token/${agents[which].token}`;

  it('tells an agent that knows nothing of everything', async () => {
    expect(await feedOf(0).next()).toMatchObject({
      entries_changed: true,
      bundles_changed: true,
      authorities_changed: true,
      status_documents_changed: true,
      is_full_state: true,
      more: false,
      heartbeat_ms: HEARTBEAT_MS,
      task_lease_ms: 3 * HEARTBEAT_MS,
    });
  });

  it('tells an agent that missed nothing of nothing', async () => {
    const feed = await currentFeedOf(0);
    expect(feed.messages[0]).toMatchObject({
      entries_changed: false,
      bundles_changed: false,
      authorities_changed: false,
      status_documents_changed: false,
    });
  });

  it('speaks at least once per heartbeat', async () => {
    const feed = await currentFeedOf(0);
    const from = performance.now();
    await feed.next((message) => feed.messages.indexOf(message) === 3);
    const each = (performance.now() - from) / 3;
    expect(each).toBeLessThan(HEARTBEAT_MS);
    expect(each).toBeGreaterThan(HEARTBEAT_MS / 3);
  });

  it('tells of a new entry, a changed one and a deleted one the agent that it is of', async () => {
    const feed = await currentFeedOf(0);
    const other = await currentFeedOf(1);
    const id = await create(pathOf(0), '/told');
    const created = await feed.next(hasEntries);
    await callUnary(server.local.entry, server.local.entry.BatchUpdateEntry, {
      entries: [{ id, hint: 'x' }],
      input_mask: { hint: true },
    });
    const changed = await feed.next((message) => hasEntries(message) && message.change > created.change);
    await remove(id);
    const deleted = await feed.next((message) => hasEntries(message) && message.change > changed.change);
    await other.next((message) => message.change === deleted.change);
    expect(other.messages.some(hasEntries)).toBe(false);
  });

  it('tells both agents of an entry that moves from one to the other', async () => {
    const id = await create(pathOf(0), '/moved');
    const feeds = [await currentFeedOf(0), await currentFeedOf(1)];
    await callUnary(server.local.entry, server.local.entry.BatchUpdateEntry, {
      entries: [{ id, parent_id: { trust_domain: 'example.org', path: pathOf(1) } }],
      input_mask: { parent_id: true },
    });
    await Promise.all(feeds.map((feed) => feed.next(hasEntries)));
  });

  it('tells of entries below an entry', async () => {
    const feed = await currentFeedOf(0);
    await create(pathOf(0), '/outer');
    const { change } = await feed.next(hasEntries);
    await create('/outer', '/inner');
    await feed.next((message) => hasEntries(message) && message.change > change);
  });

  it('tells everybody of a bundle', async () => {
    const feeds = [await currentFeedOf(0), await currentFeedOf(1)];
    const { x509_authorities } = await callUnary(server.local.bundle, server.local.bundle.GetBundle, {});
    await callUnary(server.local.bundle, server.local.bundle.BatchSetFederatedBundle, {
      bundle: [{ trust_domain: 'other.org', x509_authorities }],
    });
    await Promise.all(feeds.map((feed) => feed.next(({ bundles_changed }) => bundles_changed)));
  });

  it('tells an agent that was away of what it missed, and only of that', async () => {
    const before = await currentFeedOf(0);
    const { change, datastore_id } = before.messages[0] as ConnectResponseOutput;
    before.close();
    await create(pathOf(1), '/of-the-other');
    const away = { after_change: change, datastore_id };
    expect(await feedOf(0, away).next()).toMatchObject({ entries_changed: false });
    await create(pathOf(0), '/missed');
    expect(await feedOf(0, away).next()).toMatchObject({ entries_changed: true, authorities_changed: false });
  });

  it.each<[string, ConnectRequestInput, boolean]>([
    ['of another datastore', { after_change: 1, datastore_id: 'another' }, true],
    ['of another datastore with revocations', { after_revocation: 7, datastore_id: 'another' }, false],
    ['ahead of the datastore', { after_change: 1_000_000_000 }, false],
  ])('tells an agent %s of everything', async (_name, where, isFullState) => {
    const { datastore_id } = await feedOf(0).next();
    expect(await feedOf(0, { datastore_id, ...where }).next()).toMatchObject({
      entries_changed: true,
      authorities_changed: true,
      is_full_state: isFullState,
    });
  });

  it('ends the feed that an agent has when it opens another', async () => {
    const first = await currentFeedOf(0);
    const second = await currentFeedOf(0);
    expect(await first.end()).toMatchObject({ code: status.ABORTED });
    await create(pathOf(0), '/for-the-second');
    await second.next(hasEntries);
  });

  it('ends well when the agent does', async () => {
    const feed = await currentFeedOf(0);
    feed.finish();
    expect(await feed.end()).toBe('well');
  });

  it('cuts an agent that says nothing for several heartbeats', async () => {
    const silent = new Feed(await server.connect(agents[0]), {});
    open.push(silent);
    await silent.next();
    const from = performance.now();
    expect(await silent.end()).toMatchObject({ code: status.UNAVAILABLE });
    expect(performance.now() - from).toBeGreaterThan(2 * HEARTBEAT_MS);
  });

  it('ends the feed of an agent that says too much', async () => {
    const feed = await currentFeedOf(0);
    for (let i = 0; i < 50; i++) feed.say();
    expect(await feed.end()).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it.each<[string, ConnectRequestInput]>([
    ['a datastore ID out of bounds', { datastore_id: 'x'.repeat(129) }],
    ['a sequence out of bounds', { after_change: 2 ** 60 }],
  ])('refuses %s', async (_name, first) => {
    expect(await feedOf(0, first).end()).toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('is for agents only', async () => {
    const nobody = new Feed(await server.connect(), {});
    open.push(nobody);
    expect(await nobody.end()).toMatchObject({ code: status.PERMISSION_DENIED });
  });

  it.each([
    ['banned', 'BanAgent', 'AGENT_BANNED'],
    ['evicted', 'DeleteAgent', 'AGENT_NOT_ATTESTED'],
  ] as const)('ends at once when the agent is %s', async (_name, method, reason) => {
    const agent = await server.attestAgent();
    const feed = new Feed(await server.connect(agent), {}).live();
    open.push(feed);
    await feed.next();
    const path = `/spire/agent/join_token/${agent.token}`;
    await callUnary(server.local.agent, server.local.agent[method], {
      id: { trust_domain: 'example.org', path },
    });
    const ended = await feed.end();
    expect(ended).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(ended === 'well' ? undefined : permissionDeniedReason(ended.metadata)).toBe(reason);
  });

  it('sends agents away when the server stops', async () => {
    const stopping = await TestServer.start();
    const feed = new Feed(await stopping.connect(await stopping.attestAgent()), {}).live();
    await feed.next();
    const stopped = stopping[Symbol.asyncDispose]();
    expect(await feed.end()).toMatchObject({ code: status.UNAVAILABLE });
    await stopped;
  });

  it('gives status documents', async () => {
    const client = as[0].of<AgentFeedClient>(agentFeedService);
    const { crls } = await callUnary(client, client.GetStatusDocuments, {});
    expect(crls.map((der) => parseCrl(der).issuerDer.length > 0)).toEqual([true]);
  });
});
