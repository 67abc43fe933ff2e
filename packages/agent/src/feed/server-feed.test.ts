import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ConnectRequestOutput, type ConnectResponseInput, permissionDeniedMetadata } from '@signet/api';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { type ScriptedFeed, ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import type { FeedReaders } from './feed-news.ts';
import { ServerFeed } from './server-feed.ts';

const HEARTBEAT_MS = 400;

/** The feeds that agents open, one after the other, as the server sees them. */
class Feeds {
  readonly opened: { readonly feed: ScriptedFeed; readonly heard: ConnectRequestOutput[] }[] = [];
  #news: () => void = () => undefined;

  constructor(server: ScriptedServer) {
    server.onFeed = (feed) => {
      const heard: ConnectRequestOutput[] = [];
      feed.on('data', (message: ConnectRequestOutput) => {
        heard.push(message);
        this.#news();
      });
      feed.on('error', () => undefined);
      this.opened.push({ feed, heard });
    };
  }

  /** The feed of that number, once the agent has spoken on it so many times. */
  async nth(i: number, spoken = 1): Promise<Feeds['opened'][number]> {
    for (;;) {
      const one = this.opened[i];
      if (one !== undefined && one.heard.length >= spoken) return one;
      await new Promise<void>((resolve) => (this.#news = resolve));
    }
  }

  async say(i: number, message: ConnectResponseInput = {}): Promise<void> {
    const { feed } = await this.nth(i);
    feed.write({ change: 1, datastore_id: 'd', heartbeat_ms: HEARTBEAT_MS, ...message });
  }
}

/** Readers that write down what they hear. */
class Heard {
  readonly events: string[] = [];
  #news: () => void = () => undefined;

  readonly readers: FeedReaders = {
    changed: () => this.#add('changed'),
    statusDocumentsChanged: () => this.#add('status'),
    revoked: ({ revocations, isFullState, latest }) => {
      if (revocations.length > 0 || isFullState)
        this.#add(`revoked ${revocations.length}/${isFullState}/${latest}`);
    },
    tasksEnded: (tasks) => this.#add(`tasks ${tasks.map(({ id }) => id).join()}`),
    tasksChanged: () => this.#add('tasks changed'),
    current: ({ areTasksSettled }) => this.#add(areTasksSettled ? 'current' : 'unsettled'),
    connected: () => this.#add('connected'),
    lost: () => this.#add('lost'),
    unsupported: () => this.#add('unsupported'),
  };

  async until(event: string, count = 1): Promise<void> {
    while (this.events.filter((one) => one === event).length < count) {
      await new Promise<void>((resolve) => (this.#news = resolve));
    }
  }

  #add(event: string): void {
    this.events.push(event);
    this.#news();
  }
}

let server: ScriptedServer;
let connection: ServerConnection;
let heard: Heard;
let failures: unknown[];
let life: AbortController;
let feed: ServerFeed;
let running: Promise<void>;

beforeEach(async () => {
  server = await ScriptedServer.open();
  connection = agentConnection(server);
  heard = new Heard();
  failures = [];
  life = new AbortController();
  feed = new ServerFeed({
    connection,
    clock: systemClock,
    readers: heard.readers,
    logger: silentLogger,
    metrics: noMetrics,
    draw: () => 0,
    onFailure: (error) => {
      failures.push(error);
      return Promise.resolve();
    },
  });
});
afterEach(async () => {
  life.abort();
  await running;
  connection.cancel();
  await server[Symbol.asyncDispose]();
});

const start = (): Feeds => {
  const feeds = new Feeds(server);
  running = feed.run(life.signal);
  return feeds;
};

describe('ServerFeed', () => {
  it('speaks first, and acts on what it hears', async () => {
    const feeds = start();
    expect((await feeds.nth(0)).heard).toMatchObject([
      { after_change: '0', after_revocation: '0', datastore_id: '' },
    ]);
    await feeds.say(0, { entries_changed: true });
    await feeds.say(0, { status_documents_changed: true, ended_tasks: [{ id: 't1' }, { id: 't2' }] });
    await heard.until('current', 2);
    expect(heard.events).toEqual(['connected', 'changed', 'current', 'status', 'tasks t1,t2', 'current']);
    expect(feed.state).toMatchObject({ state: 'connected' });
    expect(feed.state.lastContactAgeMs).toBeLessThan(5_000);
  });

  it.each(['entries_changed', 'bundles_changed', 'authorities_changed'])(
    'has %s asked for',
    async (field) => {
      const feeds = start();
      await feeds.say(0, { [field]: true });
      await heard.until('changed');
    },
  );

  it('tells when the server does not know the ends of all tasks yet', async () => {
    const feeds = start();
    await feeds.nth(0);
    await feeds.say(0, { tasks_unsettled: true });
    await feeds.say(0, {});
    await heard.until('current');
    expect(heard.events).toEqual(['connected', 'unsettled', 'current']);
  });

  it('answers heartbeats, and no more', async () => {
    const feeds = start();
    for (let i = 0; i < 20; i++) await feeds.say(0);
    const beat = setInterval(() => void feeds.say(0), HEARTBEAT_MS / 2);
    await feeds.nth(0, 4);
    clearInterval(beat);
    expect(feeds.opened).toHaveLength(1);
    expect(heard.events.filter((event) => event === 'current').length).toBeGreaterThan(20);
  });

  it('opens the feed again at once when the server ends it well, from where it was', async () => {
    const feeds = start();
    await feeds.say(0, { change: 41, revocation: 7 });
    await heard.until('current');
    // Long enough that it is no feed that never works.
    for (let i = 0; i < 11; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await feeds.say(0, { change: 41, revocation: 7 });
    }
    feeds.opened[0]?.feed.end();
    const endedAt = performance.now();
    const { heard: first } = await feeds.nth(1);
    expect(performance.now() - endedAt).toBeLessThan(400);
    expect(first).toMatchObject([{ after_change: '41', after_revocation: '7', datastore_id: 'd' }]);
    expect(heard.events).not.toContain('lost');
  });

  it('does not hammer a server that ends feeds at once', async () => {
    const feeds = start();
    (await feeds.nth(0)).feed.end();
    const endedAt = performance.now();
    await feeds.nth(1);
    expect(performance.now() - endedAt).toBeGreaterThanOrEqual(490);
  });

  it('tells that the feed is lost, and opens it again after a pause', async () => {
    const feeds = start();
    await feeds.say(0);
    await heard.until('current');
    feeds.opened[0]?.feed.emit('error', { code: status.UNAVAILABLE, details: 'the server is stopping' });
    await heard.until('lost');
    expect(feed.state.state).toBe('lost');
    await feeds.say(1);
    await heard.until('connected', 2);
    expect(failures).toMatchObject([{ status: status.UNAVAILABLE }]);
  });

  it('gives up a connection that is silent, with the calls on it', async () => {
    const feeds = start();
    await feeds.say(0);
    await heard.until('current');
    const channels: unknown[] = [];
    await connection.use((channel) => Promise.resolve(channels.push(channel)));
    await heard.until('lost');
    await connection.use((channel) => Promise.resolve(channels.push(channel)));
    expect(channels[0]).not.toBe(channels[1]);
    expect(failures).toMatchObject([{ code: 'ERR_UNAVAILABLE' }]);
    await feeds.say(1);
    await heard.until('connected', 2);
  });

  it('leaves it at asking when the server has no feed, and tries again with the next connection', async () => {
    running = feed.run(life.signal);
    await heard.until('lost');
    expect([feed.state, failures]).toEqual([{ state: 'unsupported' }, []]);
    const feeds = new Feeds(server);
    await connection.use(() => Promise.resolve());
    expect(server.calls).toEqual(['Connect']);
    connection.drop();
    await connection.use(() => Promise.resolve());
    await feeds.say(0);
    await heard.until('connected');
  });

  it('takes over a full state when it is complete', async () => {
    const feeds = start();
    const revocation = (sequence: number) => ({ sequence, expires_at: 9, task: { task_id: `t${sequence}` } });
    await feeds.say(0, { revocations: [revocation(1)], is_full_state: true, revocation: 1, more: true });
    await feeds.say(0, { revocations: [revocation(2)], revocation: 2 });
    await heard.until('current');
    expect(heard.events).toEqual(['connected', 'revoked 2/true/2', 'current']);
  });

  it('does not count a full state that it did not hear to its end', async () => {
    const feeds = start();
    await feeds.say(0, { revocation: 50 });
    await heard.until('current');
    const page = { revocations: [{ sequence: 60, expires_at: 9, task: { task_id: 't' } }], revocation: 60 };
    await feeds.say(0, { ...page, datastore_id: 'another', is_full_state: true, more: true });
    await feeds.say(0, { ...page, datastore_id: 'another', entries_changed: true, more: true });
    await heard.until('changed');
    feeds.opened[0]?.feed.emit('error', { code: status.UNAVAILABLE, details: '' });
    expect((await feeds.nth(1)).heard).toMatchObject([{ datastore_id: 'another', after_revocation: '0' }]);
  });

  it('is not current without a revocation that it cannot read', async () => {
    const feeds = start();
    await feeds.say(0, { revocations: [{ sequence: 1 }], revocation: 1 });
    await heard.until('lost');
    expect(failures).toMatchObject([{ code: 'ERR_UNIMPLEMENTED' }]);
    expect(heard.events).not.toContain('current');
    expect((await feeds.nth(1)).heard).toMatchObject([{ after_revocation: '0' }]);
  });

  it('tells why the server refuses the agent, and ends when that is the end', async () => {
    const end = new Error('the agent has to stop');
    const told: unknown[] = [];
    const refused = new ServerFeed({
      connection,
      clock: systemClock,
      readers: heard.readers,
      logger: silentLogger,
      metrics: noMetrics,
      draw: () => 0,
      onFailure: (error) => {
        told.push(error);
        return Promise.reject(end);
      },
    });
    const metadata = permissionDeniedMetadata('AGENT_BANNED', 'denied');
    server.onFeed = (call) =>
      call.emit('error', { code: status.PERMISSION_DENIED, details: 'denied', metadata });
    running = Promise.resolve();
    await expect(refused.run(life.signal)).rejects.toBe(end);
    expect(told).toMatchObject([{ denial: 'AGENT_BANNED' }]);
  });

  it('opens the feed on the connection of a new SVID without a pause, and without a loss', async () => {
    const feeds = start();
    await feeds.say(0);
    await heard.until('current');
    connection.drop();
    feed.reopen();
    const from = performance.now();
    await feeds.say(1);
    await heard.until('current', 2);
    expect(performance.now() - from).toBeLessThan(400);
    expect(heard.events).not.toContain('lost');
  });

  it('ends when the agent does', async () => {
    const feeds = start();
    await feeds.say(0);
    await heard.until('current');
    life.abort();
    await running;
    expect(failures).toEqual([]);
  });
});
