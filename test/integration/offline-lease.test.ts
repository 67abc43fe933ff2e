import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, Metadata } from '@grpc/grpc-js';
import {
  createClient,
  type OperatorTaskClient,
  type SpiffeWorkloadAPIClient,
  taskService,
  type WireTaskOutput,
  workloadApiService,
} from '@signet/api';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary } from '../kit/grpc-call.ts';
import { type BegunTask, TaskHolder } from '../kit/held-task.ts';
import { until } from '../kit/program.ts';

const LEASE_MS = 8_000;
/** Less than the lease three times over. */
const HEARTBEAT_MS = 1_000;
/** Of timers and processes on a machine that is busy. */
const SLACK_MS = 1_000;
const LOCAL = { 'grpc.use_local_subchannel_pool': 1 };
const AUDIENCE = 'holder';

describe('a task whose entry has a lease', () => {
  let deployment: Deployment;
  let begun: BegunTask;

  beforeAll(async () => {
    deployment = await Deployment.start({
      serverSettings: `agent_feed_heartbeat = "${HEARTBEAT_MS}ms"`,
      // The verifier's own patience must not be what refuses.
      agentSettings: 'fail_closed_after = "60s"',
    });
    const parentId = await deployment.startAgent();
    await deployment.createEntry({
      parentId,
      spiffeId: 'spiffe://example.org/leased',
      selectors: [`unix:uid:${process.getuid?.() ?? 0}`],
      more: ['-taskOnly', '-taskMaxTTL', '300s', '-taskOfflineLease', '8s'],
    });
    const request = { purpose: 'leased', ttl: 200 };
    await until(
      async () => {
        const attempt = await TaskHolder.begin(deployment.agentSocket(), request).catch(() => undefined);
        if (attempt !== undefined) begun = attempt;
        return attempt !== undefined;
      },
      30_000,
      'the task',
    );
  }, 90_000);
  afterAll(async () => {
    deployment.server.process.kill('SIGCONT');
    await begun.holder[Symbol.asyncDispose]();
    await deployment[Symbol.asyncDispose]();
  }, 30_000);

  const validate = (token: string): Promise<boolean> => {
    const client = createClient<SpiffeWorkloadAPIClient>(
      workloadApiService,
      `unix:${deployment.agentSocket()}`,
      credentials.createInsecure(),
      LOCAL,
    );
    const metadata = new Metadata();
    metadata.set('workload.spiffe.io', 'true');
    return new Promise((resolve) => {
      client.ValidateJWTSVID({ audience: AUDIENCE, svid: token }, metadata, (error) => {
        client.close();
        resolve(error === null);
      });
    });
  };

  const recorded = async (): Promise<WireTaskOutput> => {
    const target = `unix:${deployment.serverSocket}`;
    const client = createClient<OperatorTaskClient>(taskService, target, credentials.createInsecure(), LOCAL);
    try {
      return await callUnary(client, client.GetTask, { id: begun.id });
    } finally {
      client.close();
    }
  };

  it('goes on while the server is silent, for the lease and no longer; then both sides agree', async () => {
    const { holder, token } = begun;
    expect(await validate(token)).toBe(true);
    const stoppedAt = performance.now();
    deployment.server.process.kill('SIGSTOP');
    const since = (): number => performance.now() - stoppedAt;
    await until(() => since() > 4 * HEARTBEAT_MS, LEASE_MS, 'three heartbeats to be missed');
    // The workload is still served what was issued before.
    holder.tell(`jwt ${AUDIENCE}`);
    await holder.said(() => holder.lines.filter((line) => line.token === token).length === 2);
    let lastAcceptedMs = 0;
    while (await validate(token)) {
      lastAcceptedMs = since();
      if (lastAcceptedMs > LEASE_MS + 10 * SLACK_MS) break;
    }
    const refusedMs = since();
    figure(
      `last accepted ${lastAcceptedMs.toFixed(0)} ms after the server was stopped, refused after ${refusedMs.toFixed(0)} ms, lease ${LEASE_MS} ms`,
    );
    // Beyond three heartbeats it is the lease that counts, from when the server was heard last: a heartbeat before.
    expect(lastAcceptedMs).toBeGreaterThan(LEASE_MS - HEARTBEAT_MS - SLACK_MS);
    expect(lastAcceptedMs).toBeLessThan(LEASE_MS + SLACK_MS);
    await holder.said((line) => line.task?.end === 'TASK_END_AGENT_LOST');

    deployment.server.process.kill('SIGCONT');
    await until(async () => (await recorded()).state === 'TASK_STATE_ENDED', 30_000, 'the end of the task');
    figure(`recorded as ${(await recorded()).end}`);
    expect((await recorded()).end).toBe('TASK_END_AGENT_LOST');
    expect(await validate(token)).toBe(false);
  }, 90_000);
});
