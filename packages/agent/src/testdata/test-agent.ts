import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noMetrics, silentLogger, systemClock } from '@signet/daemon';
import type { AgentNodeAttestor, KeyManager } from '@signet/plugins';
import { agentPlugins } from '@signet/plugins/agent';
import type { NodeAttestationDeps } from '../attestation/node-attestation.ts';
import { tlsKey } from '../attestation/agent-key.ts';
import type { AgentIdentityKeeper } from '../attestation/agent-identity-keeper.ts';
import { ServerConnection } from '../server-api/server-connection.ts';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { ScriptedServer } from './scripted-server.ts';

/** A folder of the test's own, deleted when the test disposes of it. */
export class TestFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), 'signet-agent-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** An attestor whose evidence is a token, and which answers the scripted server's challenge. */
export function testAttestor(token = 'node-1'): AgentNodeAttestor {
  return {
    type: 'test',
    begin: () =>
      Promise.resolve({
        payload: Buffer.from(token),
        respond: (challenge: Uint8Array) =>
          Promise.resolve(Buffer.from(`response to ${Buffer.from(challenge).toString()}`)),
      }),
    close: () => Promise.resolve(),
  };
}

/** The real disk key manager in a folder. */
export function diskKeys(folder: string): Promise<KeyManager> {
  const factory = agentPlugins.KeyManager.find(({ name }) => name === 'disk');
  if (factory === undefined) throw new Error('there is no disk key manager');
  const host = { clock: systemClock, logger: silentLogger, trustDomain: undefined as never, dataDir: folder };
  return factory.create({ directory: folder }, host);
}

/** What attesting to a scripted server needs. */
export async function attestationDeps(server: ScriptedServer, folder: string): Promise<NodeAttestationDeps> {
  return {
    address: { host: '127.0.0.1', port: server.port },
    trustDomain: server.authority.trustDomain,
    keyManager: await diskKeys(folder),
    attestor: testAttestor(),
    clock: systemClock,
    logger: silentLogger,
    metrics: noMetrics,
  };
}

/** A connection to a scripted server as an agent that has attested. */
export function agentConnection(server: ScriptedServer): ServerConnection {
  const { chainDer, key } = server.authority.identity('spiffe://example.org/spire/agent/test/node-1');
  const bundle = server.authority.x509Bundle();
  return new ServerConnection({
    address: { host: '127.0.0.1', port: server.port },
    trustDomain: server.authority.trustDomain,
    bundles: { x509Bundle: () => bundle },
    identity: () => ({ chainDer, privateKey: key }),
    clock: systemClock,
  });
}

/** The connection of an agent with an identity of its own. */
export function keeperConnection(
  server: ScriptedServer,
  cache: AgentCache,
  keeper: () => AgentIdentityKeeper,
): ServerConnection {
  return new ServerConnection({
    address: { host: '127.0.0.1', port: server.port },
    trustDomain: server.authority.trustDomain,
    bundles: cache,
    identity: () => ({ chainDer: keeper().current.chainDer, privateKey: tlsKey(keeper().current.key) }),
    clock: systemClock,
  });
}

