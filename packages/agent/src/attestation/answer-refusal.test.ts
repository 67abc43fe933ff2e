import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { loadAgentData } from '../storage/agent-data.ts';
import { AgentCache } from '../sync/agent-cache.ts';
import { JwtSvidCache } from '../sync/jwt-svid-cache.ts';
import { synchronize } from '../sync/synchronizer.ts';
import { testEntry } from '../testdata/entries.ts';
import { ScriptedServer } from '../testdata/scripted-server.ts';
import { attestationDeps, keeperConnection, TestFolder } from '../testdata/test-agent.ts';
import { AgentIdentityKeeper } from './agent-identity-keeper.ts';
import { answerRefusal, type RefusalDeps } from './answer-refusal.ts';
import { establishIdentity } from './establish-identity.ts';
import type { RefusalPhase } from './refusal-plan.ts';

let server: ScriptedServer;
let folder: TestFolder;
let cache: AgentCache;
let keeper: AgentIdentityKeeper;
let connection: ServerConnection;
const happened: string[] = [];
const never = new AbortController().signal;

async function start(reattestable: boolean): Promise<void> {
  server.reattestable = reattestable;
  server.entries = [testEntry('e1')];
  const deps = await attestationDeps(server, folder.path);
  const trust = { kind: 'insecure' } as const;
  const { identity, bundle } = await establishIdentity({ ...deps, dataDir: folder.path, trust }, never);
  cache = new AgentCache(server.authority.trustDomain);
  cache.update(new Map(), [bundle]);
  const bundleDer = (): Uint8Array[] => cache.ownBundle!.x509Authorities.map(({ der }) => der);
  keeper = new AgentIdentityKeeper(identity, bundleDer, {
    ...deps,
    dataDir: folder.path,
    bundles: cache,
    rotation: {},
    draw: () => 0.5,
  });
  connection = keeperConnection(server, cache, () => keeper);
  keeper.onRotation(() => connection.drop());
  await sync();
}

const sync = (): Promise<unknown> =>
  synchronize({ cache, connection, clock: systemClock, logger: silentLogger, metrics: noMetrics });

function deps(): RefusalDeps {
  const fetch = (): never => {
    throw new Error('not asked');
  };
  const jwtSvids = new JwtSvidCache({ clock: systemClock, fetch, capacity: 1, draw: () => 0 });
  return {
    keeper,
    cache,
    jwtSvids,
    logger: silentLogger,
    heardOut: () => {
      happened.push('heard out');
      return Promise.resolve();
    },
    revocations: { over: () => happened.push(`over, with ${cache.entries.size}`) },
  };
}

async function refusedSync(phase: RefusalPhase): Promise<unknown> {
  const error: unknown = await sync().catch((failure: unknown) => failure);
  return answerRefusal(error, phase, deps(), never).catch((failure: unknown) => failure);
}

beforeEach(async () => {
  happened.length = 0;
  server = await ScriptedServer.open();
  folder = new TestFolder();
});
afterEach(async () => {
  connection.drop();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('answerRefusal', () => {
  it.each(['first-sync', 'later'] as const)(
    'a ban ends the agent and all that it serves (%s)',
    async (phase) => {
      await start(true);
      server.denial = 'AGENT_BANNED';
      expect(await refusedSync(phase)).toMatchObject({
        code: 'ERR_AGENT_BANNED',
        message: 'Agent is banned: removing SVID and shutting down',
      });
      expect(cache.entries.size).toBe(0);
      // Verifiers hear the last news of the server, then that there is no more, and all that before anything else ends.
      expect(happened).toEqual(['heard out', 'over, with 1']);
      expect((await loadAgentData(folder.path)).svid).toEqual([]);
      expect((await loadAgentData(folder.path)).bundle).toHaveLength(1);
    },
  );

  it('an agent that is no longer attested attests again, when it may', async () => {
    await start(true);
    const before = keeper.current.chainDer;
    server.denial = 'AGENT_NOT_ATTESTED';
    expect(await refusedSync('later')).toBeUndefined();
    expect(keeper.current.chainDer).not.toEqual(before);
    server.denial = undefined;
    await expect(sync()).resolves.toBeDefined();
    expect((await loadAgentData(folder.path)).svid).toEqual(
      keeper.current.chainDer.map((der) => Buffer.from(der)),
    );
  });

  it('an agent that may not attest again ends', async () => {
    await start(false);
    server.denial = 'AGENT_NOT_ATTESTED';
    expect(await refusedSync('later')).toMatchObject({ code: 'ERR_AGENT_NOT_ATTESTED' });
    expect((await loadAgentData(folder.path)).svid).toEqual([]);
  });

  it('an agent whose new attestation fails ends', async () => {
    await start(true);
    server.denial = 'AGENT_EXPIRED';
    server.attestFailure = status.INTERNAL;
    expect(await refusedSync('later')).toMatchObject({ code: 'ERR_AGENT_EXPIRED' });
    expect(cache.entries.size).toBe(0);
  });

  it('any other failure changes nothing', async () => {
    await start(true);
    server.failures.set('SyncAuthorizedEntries', [status.PERMISSION_DENIED]);
    expect(await refusedSync('later')).toBeUndefined();
    expect(cache.entries.size).toBe(1);
    expect((await loadAgentData(folder.path)).svid).toHaveLength(1);
  });
});

describe('AgentIdentityKeeper', () => {
  it('renews with a fresh key, stored before it is used, and keeps the key in use', async () => {
    await start(false);
    const before = keeper.current;
    await keeper.rotate(connection, never);
    expect(server.calls.at(-1)).toBe('RenewAgent');
    expect(server.callers.at(-1)).toBe('spiffe://example.org/spire/agent/test/node-1');
    expect(keeper.current.key.spkiDer).not.toEqual(before.key.spkiDer);
    expect(keeper.current.key.id).not.toBe(before.key.id);
    expect((await loadAgentData(folder.path)).svid).toEqual(
      keeper.current.chainDer.map((der) => Buffer.from(der)),
    );
    await expect(sync()).resolves.toBeDefined();
  });

  it('attests anew instead, when it may, without a client certificate', async () => {
    await start(true);
    await keeper.rotate(connection, never);
    expect(server.calls.slice(-2)).toEqual(['AttestAgent', 'GetBundle']);
    expect(server.callers.slice(-2)).toEqual([undefined, undefined]);
  });

  it('keeps the present SVID when no new one can be had', async () => {
    await start(false);
    const before = keeper.current;
    server.failures.set('RenewAgent', [status.UNAVAILABLE]);
    await expect(keeper.rotate(connection, never)).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
    expect(keeper.current).toBe(before);
    await expect(sync()).resolves.toBeDefined();
  });

  it('rotates once for all who ask at the same time', async () => {
    await start(false);
    server.calls.length = 0;
    await Promise.all([keeper.rotate(connection, never), keeper.rotate(connection, never)]);
    expect(server.calls).toEqual(['RenewAgent']);
  });
});
