import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { entryMap, testEntry } from '../testdata/entries.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import { AgentCache } from './agent-cache.ts';
import { Interest } from './interest.ts';
import { createKeySource, type KeySource } from './key-source.ts';
import { SvidUpdater } from './svid-updater.ts';

let server: ScriptedServer;
let connection: ServerConnection;
let cache: AgentCache;
let interest: Interest;
let keys: KeySource;
let nowMs: number;
let restedMs: number;

function updater(maxUnwatched = 1000): SvidUpdater {
  return new SvidUpdater({
    cache,
    connection,
    interest,
    maxUnwatched,
    keys,
    metrics: noMetrics,
    clock: { nowMs: () => nowMs },
    monotonicMs: () => restedMs,
    logger: silentLogger,
    rotation: {},
    draw: () => 0.5,
  });
}

function know(...ids: readonly string[]): void {
  server.entries = ids.map((id) => testEntry(id));
  cache.update(entryMap(...server.entries), [server.authority.bundle()]);
}

beforeEach(async () => {
  server = await ScriptedServer.open();
  connection = agentConnection(server);
  cache = new AgentCache(server.authority.trustDomain);
  interest = new Interest();
  keys = createKeySource('ec-p256');
  nowMs = systemClock.nowMs();
  restedMs = 0;
});
afterEach(async () => {
  connection.drop();
  await keys.close();
  await server[Symbol.asyncDispose]();
});

describe('SvidUpdater', () => {
  it('fetches ahead for all entries, each with a key of its own', async () => {
    know('e1', 'e2', 'e3');
    await updater().update();
    const svids = [...cache.svids.values()];
    expect(svids.map((svid) => svid.spiffeId.path).sort()).toEqual(['/e1', '/e2', '/e3']);
    expect(new Set(svids.map((svid) => Buffer.from(svid.keyPkcs8).toString('hex'))).size).toBe(3);
    expect(server.batches).toEqual([3]);
  });

  it('asks for at most 500 at once, with keys from the worker', async () => {
    know(...Array.from({ length: 620 }, (_, i) => `e${i}`));
    await updater().update();
    expect(server.batches).toEqual([500, 120]);
    expect(cache.svids.size).toBe(620);
  }, 20_000);

  it('halves the batch after a failed call, and doubles it after a good one', async () => {
    know(...Array.from({ length: 600 }, (_, i) => `e${i}`));
    const failing = updater();
    server.failures.set('BatchNewX509SVID', [status.UNAVAILABLE, status.UNAVAILABLE]);
    await expect(failing.update()).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    await expect(failing.update()).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    await failing.update();
    expect(server.batches).toEqual([125, 250, 225]);
  }, 20_000);

  it('renews at half life, and not before', async () => {
    know('e1');
    const updating = updater();
    await updating.update();
    await updating.update();
    expect(server.batches).toEqual([1]);
    nowMs += 1800 * 1000;
    await updating.update();
    expect(server.batches).toEqual([1, 1]);
  });

  it('asks again for a changed entry', async () => {
    know('e1');
    const updating = updater();
    await updating.update();
    server.entries = [testEntry('e1', { revisionNumber: 1 })];
    cache.update(entryMap(...server.entries), [server.authority.bundle()]);
    await updating.update();
    expect(server.batches).toEqual([1, 1]);
    expect(cache.svids.get('e1')?.revisionNumber).toBe(1);
  });

  it('one refused entry does not keep the others from theirs, and is asked for again only later', async () => {
    know('e1', 'e2');
    server.refused.add('e1');
    const updating = updater();
    await updating.update();
    expect([...cache.svids.keys()]).toEqual(['e2']);
    await updating.update();
    expect(server.batches).toEqual([2]);
    server.refused.clear();
    // A clock that is set says nothing of how long ago that was.
    nowMs += 3_600_000;
    await updating.update();
    expect([...cache.svids.keys()]).toEqual(['e2']);
    nowMs -= 3_600_000;
    restedMs += 1000;
    await updating.update();
    expect([...cache.svids.keys()].sort()).toEqual(['e1', 'e2']);
  });

  it('fetches what is watched beyond the limit of what is kept ready', async () => {
    know('e1', 'e2', 'e3');
    const updating = updater(1);
    await updating.update();
    expect(cache.svids.size).toBe(1);
    interest.add(['e3', 'e2']);
    await updating.update();
    expect([...cache.svids.keys()].sort()).toEqual(['e1', 'e2', 'e3']);
    interest.remove(['e3', 'e2']);
    await updating.update();
    expect(cache.svids.size).toBe(1);
  });

  it('ignores an SVID whose entry went in the meantime', async () => {
    know('e1');
    const update = updater().update();
    cache.update(new Map(), [server.authority.bundle()]);
    await update;
    expect(cache.svids.size).toBe(0);
  });

  it('does not use an SVID for another identity than the entry has', async () => {
    know('e1');
    server.entries = [testEntry('e1', { path: '/other' })];
    await updater().update();
    expect(cache.svids.size).toBe(0);
  });

  it('carries out calls made meanwhile once, afterwards', async () => {
    know('e1');
    const updating = updater();
    const first = updating.update();
    know('e1', 'e2');
    await Promise.all([first, updating.update(), updating.update()]);
    expect([...cache.svids.keys()].sort()).toEqual(['e1', 'e2']);
  });
});
