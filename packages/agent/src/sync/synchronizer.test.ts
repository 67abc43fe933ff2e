import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { testEntry } from '../testdata/entries.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import { TestAuthority } from '../testdata/test-authority.ts';
import { AgentCache } from './agent-cache.ts';
import { synchronize } from './synchronizer.ts';

let server: ScriptedServer;
let connection: ServerConnection;
let cache: AgentCache;

const sync = (): Promise<unknown> =>
  synchronize({ cache, connection, clock: systemClock, logger: silentLogger, metrics: noMetrics });

beforeEach(async () => {
  server = await ScriptedServer.open();
  connection = agentConnection(server);
  cache = new AgentCache(server.authority.trustDomain);
});
afterEach(async () => {
  connection.drop();
  await server[Symbol.asyncDispose]();
});

describe('synchronize', () => {
  it('takes over entries and bundles, as the agent that it is', async () => {
    server.entries = [testEntry('e1'), testEntry('e2', { hint: 'h', jwtSvidIncludeJti: true })];
    await sync();
    expect([...cache.entries.keys()]).toEqual(['e1', 'e2']);
    expect(cache.entries.get('e2')).toMatchObject({ hint: 'h', jwtSvidIncludeJti: true, createdAt: 1000 });
    expect(cache.ownBundle?.x509Authorities).toHaveLength(1);
    expect(new Set(server.callers)).toEqual(new Set(['spiffe://example.org/spire/agent/test/node-1']));
  });

  it('keeps what did not change as the same objects, and says nothing', async () => {
    server.entries = [testEntry('e1')];
    await sync();
    const before = [cache.entries.get('e1'), cache.ownBundle];
    let changes = 0;
    cache.onChange(() => (changes += 1));
    await sync();
    expect([cache.entries.get('e1'), cache.ownBundle]).toEqual(before);
    expect(cache.entries.get('e1')).toBe(before[0]);
    expect(changes).toBe(0);
  });

  it('transfers only what changed when there are many (sparse mode)', async () => {
    server.pageSize = 3;
    server.entries = Array.from({ length: 10 }, (_, i) => testEntry(`e${i}`));
    await sync();
    expect(cache.entries.size).toBe(10);
    expect(server.requested).toHaveLength(10);
    server.requested.length = 0;
    server.entries = [
      ...server.entries.slice(2),
      testEntry('e1', { revisionNumber: 1, hint: 'new' }),
      testEntry('new'),
    ];
    await sync();
    expect(server.requested.sort()).toEqual(['e1', 'new']);
    expect(cache.entries.get('e1')?.hint).toBe('new');
    expect(cache.entries.has('e0')).toBe(false);
    expect(cache.entries.size).toBe(10);
  });

  it('falls back to GetAuthorizedEntries', async () => {
    server.failures.set('SyncAuthorizedEntries', [status.UNIMPLEMENTED]);
    server.entries = [testEntry('e1')];
    await sync();
    expect(server.calls).toContain('GetAuthorizedEntries');
    expect([...cache.entries.keys()]).toEqual(['e1']);
  });

  it('leaves out a federated domain that the server has no bundle of', async () => {
    const other = new TestAuthority('other.org');
    server.foreign.set('other.org', other.bundle());
    server.entries = [testEntry('e1', { federates: ['other.org', 'gone.org'] })];
    await sync();
    expect([...cache.bundles.keys()].sort()).toEqual(['example.org', 'other.org']);
  });

  it.each(['GetBundle', 'GetFederatedBundle', 'SyncAuthorizedEntries'])(
    'a failed %s leaves everything as it was',
    async (method) => {
      server.entries = [testEntry('e1')];
      await sync();
      server.entries = [testEntry('e2', { federates: ['other.org'] })];
      server.failures.set(method, [status.INTERNAL]);
      await expect(sync()).rejects.toMatchObject({ code: 'ERR_INTERNAL', status: status.INTERNAL });
      expect([...cache.entries.keys()]).toEqual(['e1']);
    },
  );

  it('tells why the server refuses the agent', async () => {
    server.denial = 'AGENT_BANNED';
    await expect(sync()).rejects.toMatchObject({ code: 'ERR_AGENT_BANNED', denial: 'AGENT_BANNED' });
  });

  it('makes a new connection after the server was away', async () => {
    await sync();
    await server.close();
    await expect(sync()).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    await server.listen();
    await expect(sync()).resolves.toBeDefined();
  });
});
