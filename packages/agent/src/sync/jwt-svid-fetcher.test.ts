import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { testEntry } from '../testdata/entries.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { agentConnection } from '../testdata/test-agent.ts';
import type { JwtSvidFetch } from './jwt-svid-cache.ts';
import { jwtSvidFetcher } from './jwt-svid-fetcher.ts';

let server: ScriptedServer;
let connection: ServerConnection;
let fetch: JwtSvidFetch;
let now: number;

const entry = testEntry('e1');
const other = testEntry('e2');

beforeEach(async () => {
  server = await ScriptedServer.open();
  server.entries = [entry, other];
  connection = agentConnection(server);
  now = 0;
  fetch = jwtSvidFetcher({ connection, clock: systemClock, monotonicMs: () => now });
});
afterEach(async () => {
  connection.drop();
  await server[Symbol.asyncDispose]();
});

const calls = (): number => server.calls.filter((name) => name === 'NewJWTSVID').length;

async function failWith(code: status, audience = 'x'): Promise<void> {
  server.failures.set('NewJWTSVID', [code]);
  await expect(fetch(entry, [audience])).rejects.toMatchObject({ status: code });
}

describe('jwtSvidFetcher', () => {
  it('gets a token', async () => {
    const { keyId, expiresAt, issuedAt } = await fetch(entry, ['x']);
    expect([keyId, expiresAt - issuedAt]).toEqual([server.authority.jwtKeyId, 300]);
  });

  it.each([status.PERMISSION_DENIED, status.NOT_FOUND])(
    'does not ask again at once for an entry that was refused, whatever the audience (%s)',
    async (code) => {
      await failWith(code);
      for (const audience of ['x', 'y', 'z']) {
        await expect(fetch(entry, [audience])).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
      }
      expect(calls()).toBe(1);
      await expect(fetch(other, ['x'])).resolves.toBeDefined();
      now += 500;
      await expect(fetch(entry, ['x'])).resolves.toBeDefined();
      expect(calls()).toBe(3);
    },
  );

  it('asks at once for a changed entry', async () => {
    await failWith(status.NOT_FOUND);
    await expect(fetch(testEntry('e1', { revisionNumber: 1 }), ['x'])).resolves.toBeDefined();
  });

  it.each([status.INVALID_ARGUMENT, status.INTERNAL])(
    'takes the failure of one audience for that only (%s)',
    async (code) => {
      await failWith(code);
      await expect(fetch(entry, ['x'])).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
      await expect(fetch(entry, ['y'])).resolves.toBeDefined();
      expect(calls()).toBe(2);
    },
  );

  it.each([status.UNAVAILABLE, status.RESOURCE_EXHAUSTED])(
    'leaves a server alone for a moment that cannot answer (%s)',
    async (code) => {
      await failWith(code);
      await expect(fetch(other, ['y'])).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
      expect(calls()).toBe(1);
      now += 250;
      await expect(fetch(other, ['y'])).resolves.toBeDefined();
    },
  );

  it('keeps to its pace', async () => {
    const pace = { perSecond: 50, burst: 2 };
    const paced = jwtSvidFetcher({ connection, clock: systemClock, pace });
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 7 }, (_, i) => paced(entry, [`${i}`])));
    expect(performance.now() - startedAt).toBeGreaterThan(95);
  });
});
