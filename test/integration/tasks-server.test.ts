import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { parseCertificate } from '@signet/core';
import { Deployment } from '../kit/deployment.ts';
import { figure } from '../kit/figures.ts';
import { callUnary, failureOf } from '../kit/grpc-call.ts';
import { ServerApi } from '../kit/server-api.ts';
import { attest, identityOf, type TestIdentity } from '../kit/test-server.ts';
import { testCsr } from '../kit/test-csr.ts';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 6);
const WORKERS = 8;
const LONGEST_LOAD_MS = 400;
const csr = testCsr().der;
const id = (path: string) => ({ trust_domain: 'example.org', path });

/** What somebody was told of one task. */
interface Told {
  readonly taskId: string;
  readonly serials: string[];
  isEnded: boolean;
}

describe('tasks outlive the server that is killed', () => {
  let deployment: Deployment;
  let data: string;
  let identity: TestIdentity;
  let entryId: string;
  let rootsPem: string;

  beforeAll(async () => {
    deployment = await Deployment.start();
    data = join(deployment.folder, 'server', 'data');
    using api = ServerApi.local(deployment.serverSocket);
    rootsPem = await api.rootsPem();
    const { value: token } = await callUnary(api.agent, api.agent.CreateJoinToken, { ttl: 600 });
    const asked = testCsr();
    using stranger = asAgent();
    const { result } = await attest(stranger.agent, token, asked);
    const path = `/spire/agent/join_token/${token}`;
    identity = identityOf(`spiffe://example.org${path}`, asked, result?.svid?.cert_chain ?? []);
    const entry = {
      parent_id: id(path),
      spiffe_id: id('/tasked'),
      selectors: [{ type: 'unix', value: 'uid:1' }],
    };
    ({ id: entryId } = await callUnary(api.task, api.task.CreateTaskEntry, { entry, policy: {} }));
  }, 60_000);
  afterAll(() => deployment[Symbol.asyncDispose](), 30_000);

  const asAgent = (): ServerApi =>
    ServerApi.tls({
      port: deployment.port,
      rootsPem,
      trustDomain: 'example.org',
      ...((identity as TestIdentity | undefined) && { identity }),
    });

  async function begin(api: ServerApi): Promise<Told> {
    const request = { entry_id: entryId, purpose: 'to be killed', ttl: 3600 };
    const { task } = await callUnary(api.agentTask, api.agentTask.BeginTask, request);
    return { taskId: task?.id ?? '', serials: [], isEnded: false };
  }

  async function issue(api: ServerApi, told: Told): Promise<void> {
    const request = { task_id: told.taskId, csr };
    const { svid } = await callUnary(api.agentTask, api.agentTask.NewX509SVID, request);
    told.serials.push(parseCertificate(svid?.cert_chain[0] ?? Buffer.of()).serialHex);
  }

  async function end(api: ServerApi, told: Told): Promise<void> {
    const endings = [{ task_id: told.taskId, end: 'TASK_END_FINISHED' as const }];
    await callUnary(api.agentTask, api.agentTask.EndTasks, { endings });
    told.isEnded = true;
  }

  /** Begins, issues and ends, until the server is gone. */
  async function work(api: ServerApi, all: Told[]): Promise<void> {
    try {
      for (;;) {
        const told = await begin(api);
        all.push(told);
        await Promise.all([issue(api, told), issue(api, told)]);
        // Some are still being issued when their task ends; what of them comes out counts like the others.
        const late = issue(api, told);
        late.catch(() => undefined);
        await end(api, told);
        await late.catch(() => undefined);
      }
    } catch {
      // The server was killed.
    }
  }

  async function complaints(all: readonly Told[]): Promise<readonly string[]> {
    using api = ServerApi.local(deployment.serverSocket);
    const found: string[] = [];
    for (const { taskId, serials, isEnded } of all) {
      const task = await callUnary(api.task, api.task.GetTask, { id: taskId });
      const hasEnded = task.state === 'TASK_STATE_ENDED';
      if (isEnded && !hasEnded) found.push(`${taskId}: its end was acknowledged, and it goes on`);
      if (task.issued < serials.length)
        found.push(`${taskId}: ${serials.length} SVIDs, ${task.issued} counted`);
      const { svids } = await callUnary(api.ledger, api.ledger.ListSVIDs, { filter: { task_id: taskId } });
      for (const serial of serials) {
        const row = svids.find((svid) => svid.serial === serial);
        if (row === undefined) found.push(`${taskId}: ${serial} is not in the ledger`);
        else if (hasEnded !== (row.revocation !== '0')) found.push(`${taskId}: ${serial} outlives its task`);
      }
    }
    return found;
  }

  it(`every end that was acknowledged holds, with its revocations: ${ROUNDS} times kill -9`, async () => {
    const all: Told[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const apis = Array.from({ length: WORKERS }, asAgent);
      const working = apis.map((api) => work(api, all));
      await sleep(50 + Math.random() * LONGEST_LOAD_MS);
      await deployment.server.stop('SIGKILL');
      await Promise.all(working);
      for (const api of apis) api[Symbol.dispose]();
      await deployment.startServer();
      expect(await complaints(all)).toEqual([]);
    }
    const ended = all.filter(({ isEnded }) => isEnded).length;
    figure(`${all.length} tasks, ${ended} ends acknowledged, ${ROUNDS} kills`);
    expect(ended).toBeGreaterThan(0);
    using api = asAgent();
    for (const { taskId } of all.filter(({ isEnded }) => isEnded).slice(-20)) {
      const late = callUnary(api.agentTask, api.agentTask.NewX509SVID, { task_id: taskId, csr });
      expect(await failureOf(late)).toMatchObject({ code: status.FAILED_PRECONDITION });
    }
  }, 180_000);

  it('an end holds also when an older backup of the database is restored', async () => {
    using api = asAgent();
    const told = await begin(api);
    await issue(api, told);
    await deployment.server.stop('SIGTERM');
    const backup = join(deployment.folder, 'backup');
    await cp(join(data, 'datastore.sqlite3'), backup);
    await deployment.startServer();
    using again = asAgent();
    await end(again, told);
    await deployment.server.stop('SIGKILL');
    for (const suffix of ['', '-wal', '-shm']) {
      await rm(join(data, `datastore.sqlite3${suffix}`), { force: true });
    }
    await cp(backup, join(data, 'datastore.sqlite3'));
    await deployment.startServer();
    expect(await complaints([told])).toEqual([]);
    using late = asAgent();
    const asked = callUnary(late.agentTask, late.agentTask.NewX509SVID, { task_id: told.taskId, csr });
    expect(await failureOf(asked)).toMatchObject({ code: status.FAILED_PRECONDITION });
  }, 60_000);
});
