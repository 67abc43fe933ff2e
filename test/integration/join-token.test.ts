import { join } from 'node:path';
import { status, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkloadApiClient } from '@signet/client';
import { attestWithToken } from '../kit/attest.ts';
import { Deployment } from '../kit/deployment.ts';
import { callUnary, failureOf } from '../kit/grpc-call.ts';
import { until } from '../kit/program.ts';
import { filesBelow, filesWith, processesWith } from '../kit/secret-search.ts';
import { ServerApi } from '../kit/server-api.ts';
import { testCsr } from '../kit/test-csr.ts';

const RACERS = 200;
const SPENT = 'join token does not exist or has already been used';
const ALIAS = 'spiffe://example.org/node';
const WORKLOAD = 'spiffe://example.org/workload';

describe('a join token', () => {
  let deployment: Deployment;
  let local: ServerApi;
  let rootsPem: string;
  let firstToken: string;

  const connect = (): ServerApi =>
    ServerApi.tls({ port: deployment.port, rootsPem, trustDomain: 'example.org' });
  const attest = (token: string): Promise<unknown> => {
    const api = connect();
    return attestWithToken(api.agent, token, testCsr().der).finally(() => api[Symbol.dispose]());
  };
  const agentIds = async (): Promise<readonly string[]> => {
    const { agents } = await callUnary(local.agent, local.agent.ListAgents, {});
    return agents.map(({ id }) => `spiffe://${id?.trust_domain ?? ''}${id?.path ?? ''}`);
  };

  beforeAll(async () => {
    deployment = await Deployment.start({
      serverSettings: 'audit_log_enabled = true\n ratelimit { attestation = false }',
      discoverWorkloadPath: false,
    });
    local = ServerApi.local(deployment.serverSocket);
    rootsPem = await local.rootsPem();
    firstToken = await deployment.newToken('-spiffeID', ALIAS);
    await deployment.prepareAgent('first');
    await deployment.restartAgent('first', [
      '-joinTokenFile',
      await deployment.giveToken('first', firstToken),
    ]);
  }, 120_000);

  afterAll(async () => {
    local[Symbol.dispose]();
    await deployment[Symbol.asyncDispose]();
  }, 30_000);

  it('admits one agent, and no second one with other data', async () => {
    expect(await agentIds()).toEqual([deployment.joinTokenId(firstToken)]);
    await deployment.prepareAgent('second');
    const second = await deployment.launchAgent('second', [
      '-joinTokenFile',
      await deployment.giveToken('second', firstToken),
    ]);
    await second.wrote(`failed to attest: ${SPENT}`, 60_000);
    await second.stop();
    expect(await agentIds()).toEqual([deployment.joinTokenId(firstToken)]);
  }, 90_000);

  it('gives the node another name, which entries of workloads can have as their parent', async () => {
    const shown = await deployment.mustCli('entry', 'show', '-spiffeID', ALIAS);
    expect(shown).toContain('Found 1 entry');
    expect(shown).toContain(`spiffe_id:${deployment.joinTokenId(firstToken)}`);
    await deployment.createEntry({
      parentId: ALIAS,
      spiffeId: WORKLOAD,
      selectors: [`unix:uid:${process.getuid?.() ?? 0}`],
    });
    using client = new WorkloadApiClient({ endpoint: deployment.endpoint('first') });
    await until(
      () =>
        client.fetchX509Context().then(
          ({ svids }) => svids[0]?.id.uri === WORKLOAD,
          () => false,
        ),
      30_000,
      'the SVID of an entry below the alias',
    );
  }, 60_000);

  it(`has one winner when ${RACERS} connections present it at once (T17, D1)`, async () => {
    const token = await deployment.newToken();
    const racers = Array.from({ length: RACERS }, connect);
    // A first call on each, so that no handshake stands between the start and the token.
    await Promise.all(
      racers.map(({ agent, bundle }) => Promise.all([warm(agent), callUnary(bundle, bundle.GetBundle, {})])),
    );
    const outcomes = await Promise.allSettled(
      racers.map(({ agent }) => attestWithToken(agent, token, testCsr().der)),
    );
    for (const racer of racers) racer[Symbol.dispose]();
    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as ServiceError] : [],
    );
    expect(reasons).toHaveLength(RACERS - 1);
    for (const { code, details } of reasons) {
      expect({ code, details }).toEqual({
        code: status.INVALID_ARGUMENT,
        details: `failed to attest: ${SPENT}`,
      });
    }
    expect((await agentIds()).filter((id) => id === deployment.joinTokenId(token))).toHaveLength(1);
  }, 120_000);

  it('admits nobody after its end, and is used up by the try', async () => {
    const token = await deployment.newToken('-ttl', '1');
    const endsAt = Date.now() + 2_500;
    await until(() => Date.now() > endsAt, 10_000, 'the end of the token');
    expect(await failureOf(attest(token))).toMatchObject({ details: 'join token expired' });
    expect(await failureOf(attest(token))).toMatchObject({ details: `failed to attest: ${SPENT}` });
  }, 60_000);

  it('is nowhere to be read before its use, and afterwards only as the name of its agent (T17, T31, T35, T38)', async () => {
    const unused = await deployment.newToken();
    const refused = 'ffffffff-0000-4000-8000-000000000000';
    await failureOf(attest(refused));
    const files = await filesBelow(deployment.folder);
    expect(files).toContain(join(deployment.folder, 'server', 'data', 'datastore.sqlite3'));
    expect(await filesWith([unused, refused], files)).toEqual([]);
    expect(await processesWith([unused, refused, firstToken])).toEqual([]);
    // The entry of an alias names the agent to come, and so the token: it is in the datastore, as SPIRE's is.
    const unusedAlias = await deployment.newToken('-spiffeID', 'spiffe://example.org/later');
    expect(
      await filesWith(
        [unusedAlias],
        files.filter((path) => path.endsWith('.log')),
      ),
    ).toEqual([]);
    expect(withoutAgentIds(deployment.server.output)).not.toContain(firstToken);
  }, 60_000);
});

/** Makes a connection by a call that must fail. */
async function warm(client: ServerApi['agent']): Promise<void> {
  await failureOf(attestWithToken(client, 'no-such-token', testCsr().der));
}

/** A text without the IDs of agents, whose last part is the token they joined with. */
function withoutAgentIds(text: string): string {
  return text.replaceAll(/spiffe:\/\/example\.org\/spire\/agent\/join_token\/[0-9a-f-]+/g, '');
}
