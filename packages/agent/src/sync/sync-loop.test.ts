import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { testEntry } from '../testdata/entries.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import { AgentCache } from './agent-cache.ts';
import { SyncLoop } from './sync-loop.ts';

let server: ScriptedServer;
let connection: ServerConnection;
let cache: AgentCache;
let life: AbortController;
let running: Promise<void>;
let onUpdate: () => Promise<void>;
let onStore: () => Promise<void>;

beforeEach(async () => {
  server = await ScriptedServer.open();
  connection = agentConnection(server);
  cache = new AgentCache(server.authority.trustDomain);
  life = new AbortController();
  running = Promise.resolve();
  onUpdate = () => Promise.resolve();
  onStore = () => Promise.resolve();
});
afterEach(async () => {
  life.abort();
  await running;
  connection.cancel();
  await server[Symbol.asyncDispose]();
});

/** A loop that by itself would not synchronize as long as a test lasts. */
async function loop(interval = 3_600): Promise<SyncLoop> {
  const sync = new SyncLoop({
    cache,
    connection,
    clock: systemClock,
    logger: silentLogger,
    metrics: noMetrics,
    draw: () => 0,
    interval,
    pushedInterval: 3_600,
    svids: { update: () => onUpdate() },
    taints: { observe: () => undefined },
    jwtSvids: { retain: () => undefined, size: 0 },
    keeper: { storeBundle: () => onStore(), current: {} },
  } as never);
  await sync.first(life.signal);
  running = sync.run(life.signal);
  return sync;
}

const changed = (isWanted: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = cache.onChange(() => {
      if (!isWanted()) return;
      stop();
      resolve();
    });
  });

const syncs = (): number => server.calls.filter((name) => name === 'SyncAuthorizedEntries').length;

describe('SyncLoop', () => {
  it('synchronizes at once when there is news', async () => {
    const sync = await loop();
    server.entries = [testEntry('e1')];
    const isThere = changed(() => cache.entries.has('e1'));
    sync.poke();
    await isThere;
  });

  it('never twice at once; once more for any number of news that come meanwhile', async () => {
    const sync = await loop();
    let letGo: () => void = () => undefined;
    const isUnderWay = new Promise<void>((begun) => {
      onUpdate = () => {
        begun();
        return new Promise<void>((resolve) => (letGo = resolve));
      };
    });
    sync.poke();
    await isUnderWay;
    onUpdate = () => Promise.resolve();
    server.entries = [testEntry('e2')];
    for (let i = 0; i < 100; i++) sync.poke();
    expect(syncs()).toBe(2);
    const second = changed(() => cache.entries.has('e2'));
    letGo();
    await second;
    life.abort();
    await running;
    expect(syncs()).toBe(3);
  });

  it('asks soon after the feed is lost, and not before while it is there', async () => {
    const sync = await loop(1);
    sync.setPushed(true);
    sync.poke();
    const before = syncs();
    server.entries = [testEntry('e1')];
    const isThere = changed(() => cache.entries.has('e1'));
    await isThere;
    expect(syncs()).toBe(before + 1);
    server.entries = [testEntry('e2')];
    const again = changed(() => cache.entries.has('e2'));
    const lostAt = performance.now();
    sync.setPushed(false);
    await again;
    expect(performance.now() - lostAt).toBeGreaterThanOrEqual(890);
  });

  it('tries again at its ordinary pace when news could not be fetched', async () => {
    const sync = await loop(1);
    sync.setPushed(true);
    server.entries = [testEntry('e1')];
    server.failures.set('GetBundle', [status.INTERNAL]);
    const isThere = changed(() => cache.entries.has('e1'));
    sync.poke();
    await isThere;
    expect(syncs()).toBe(3);
  });

  it('asks when an entry expires, for nobody tells of that', async () => {
    const now = Math.floor(Date.now() / 1000);
    server.entries = [testEntry('e1', { expiresAt: now })];
    await loop();
    server.entries = [];
    await changed(() => !cache.entries.has('e1'));
  });

  it('fetches SVIDs though the bundle cannot be stored, and tries to store it again', async () => {
    const done: string[] = [];
    onStore = () => {
      done.push('store');
      return done.length === 1 ? Promise.reject(new Error('disk full')) : Promise.resolve();
    };
    let updated = (): void => undefined;
    onUpdate = () => {
      done.push('update');
      updated();
      return Promise.resolve();
    };
    const sync = await loop();
    expect(done).toEqual(['store', 'update']);
    for (let round = 0; round < 2; round++) {
      const next = new Promise<void>((resolve) => (updated = resolve));
      sync.poke();
      await next;
    }
    expect(done).toEqual(['store', 'update', 'store', 'update', 'update']);
  });
});
