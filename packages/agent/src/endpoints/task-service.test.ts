import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { credentials, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createClient,
  type LocalBeginTaskRequestInput,
  type LocalBeginTaskResponseOutput,
  type LocalListTasksResponseOutput,
  type LocalWorkloadClient,
  revocationFromWire,
  workloadService,
  type WorkloadX509SVIDResponseOutput,
  type WorkloadJWTSVIDResponseOutput,
} from '@signet/api';
import { parseCertificate } from '@signet/core';
import { monotonicMs, type UnixPeer } from '@signet/daemon';
import { testEntry } from '../testdata/entries.ts';
import { type EndpointOptions, header, StreamReader, TestEndpoint } from '../testdata/workload-endpoint.ts';

const LIMITS = {
  total: 6,
  perUser: 4,
  trees: 2,
  treesPerUser: 1,
  connections: 8,
  connectionsPerUser: 4,
  begins: { perSecond: 0.001, burst: 6 },
};
const UNKNOWN = { code: status.NOT_FOUND, details: 'there is no such task' };

let agent: TestEndpoint;
let client: LocalWorkloadClient;

async function open(options: EndpointOptions = {}): Promise<void> {
  agent = await TestEndpoint.open(options);
  agent.know(testEntry('e1'), testEntry('e2', { needs: ['b'] }));
  client = createClient<LocalWorkloadClient>(
    workloadService,
    `unix:${agent.socket}`,
    credentials.createInsecure(),
    {
      'grpc.use_local_subchannel_pool': 1,
    },
  );
  agent.revocations.contact(monotonicMs(), 60_000);
  agent.tasks.connected();
}

function begin(request: LocalBeginTaskRequestInput = {}): StreamReader<LocalBeginTaskResponseOutput> {
  return new StreamReader(client.BeginTask({ purpose: 'a test', ttl: 60, ...request }, header('true')));
}

async function begun(request?: LocalBeginTaskRequestInput): Promise<{
  readonly stream: StreamReader<LocalBeginTaskResponseOutput>;
  readonly id: string;
}> {
  const stream = begin(request);
  return { stream, id: (await stream.next()).task?.id ?? '' };
}

function inTask(id: string) {
  const metadata = header('true');
  metadata.set('signet-task-id', id);
  return metadata;
}

function x509(id: string): StreamReader<WorkloadX509SVIDResponseOutput> {
  return new StreamReader(agent.client().FetchX509SVID({}, inTask(id)));
}

function jwt(id: string, audience = 'a'): Promise<string> {
  return new Promise((resolve, reject) => {
    agent
      .client()
      .FetchJWTSVID({ audience: [audience] }, inTask(id), (error, answer?: WorkloadJWTSVIDResponseOutput) => {
        if (error === null) resolve(answer?.svids[0]?.svid ?? '');
        else reject(error);
      });
  });
}

function validate(token: string): Promise<number> {
  return new Promise((resolve) => {
    agent
      .client()
      .ValidateJWTSVID({ svid: token, audience: 'a' }, header('true'), (error) => resolve(error?.code ?? 0));
  });
}

function list(): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    client.ListTasks({}, header('true'), (error, answer?: LocalListTasksResponseOutput) => {
      if (error === null) resolve((answer?.tasks ?? []).map(({ id }) => id));
      else reject(error);
    });
  });
}

async function reported(count: number): Promise<readonly unknown[]> {
  while (agent.taskServer.ended.length < count) await new Promise((resolve) => setImmediate(resolve));
  return agent.taskServer.ended;
}

describe('tasks on the socket of the Workload API', () => {
  beforeEach(() => open());
  afterEach(async () => {
    client.close();
    await agent[Symbol.asyncDispose]();
  });

  it('have credentials of their own, fetched once for all that ask', async () => {
    const { id } = await begun();
    const [first, second] = [await x509(id).next(), await x509(id).next()];
    const leaf = parseCertificate(first.svids[0]?.x509_svid ?? Buffer.of());
    expect({ id: first.svids[0]?.spiffe_id, taskId: leaf.taskId }).toEqual({
      id: 'spiffe://example.org/e1',
      taskId: id,
    });
    expect(second.svids[0]?.x509_svid_key.equals(first.svids[0]?.x509_svid_key ?? Buffer.of())).toBe(true);
    const token = await jwt(id);
    expect(await jwt(id)).toBe(token);
    expect(agent.taskServer.calls.filter((name) => name.startsWith('New'))).toEqual([
      'NewX509SVID',
      'NewJWTSVID',
    ]);
  });

  it('are renewed while somebody watches, but not beyond their budget, nor when they would last no longer', async () => {
    agent.taskServer.ttl = 2;
    const { id } = await begun();
    const watched = x509(id);
    const serials = [await watched.next(), await watched.next()].map(
      ({ svids: [svid] }) => parseCertificate(svid?.x509_svid ?? Buffer.of()).serialHex,
    );
    expect(new Set(serials).size).toBe(2);
    const bounded = await begun({ budget: 1 });
    const ofBudget = x509(bounded.id);
    await ofBudget.next();
    const short = await begun({ ttl: 2 });
    const lasting = x509(short.id);
    await lasting.next();
    await lasting.failure();
    expect({ budget: ofBudget.pending, lasting: lasting.pending }).toEqual({ budget: 0, lasting: 0 });
  });

  it('end for their streams and for the own verifier before the server answers', async () => {
    const { stream, id } = await begun();
    const token = await jwt(id);
    const svids = x509(id);
    await svids.next();
    expect(await validate(token)).toBe(status.OK);
    agent.taskServer.failures.set('EndTasks', [status.UNAVAILABLE]);
    stream.cancel();
    expect(await svids.failure()).toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: 'the task has ended: the stream that held it was closed',
    });
    expect(await validate(token)).toBe(status.INVALID_ARGUMENT);
    await expect(jwt(id)).rejects.toMatchObject(UNKNOWN);
    expect(await reported(1)).toEqual([{ id, end: 'TASK_END_STREAM_CLOSED', detail: '' }]);
    // A state of the server's that does not have it yet takes nothing back.
    agent.revocations.apply([], { isFullState: true, latest: 7 });
    expect(await list()).toEqual([]);
  });

  it('stay refused when the server tells its whole state before it has heard of the end', async () => {
    const { stream, id } = await begun();
    const token = await jwt(id);
    agent.taskServer.failures.set(
      'EndTasks',
      Array.from({ length: 50 }, () => status.UNAVAILABLE),
    );
    stream.cancel();
    while ((await validate(token)) === 0);
    agent.revocations.apply([], { isFullState: true, latest: 7 });
    expect(await validate(token)).toBe(status.INVALID_ARGUMENT);
  });

  it('end for those who watch revocations, too', async () => {
    const watcher = new StreamReader(client.WatchRevocations({}, header('true')));
    expect((await watcher.next()).revocations).toEqual([]);
    const { stream, id } = await begun();
    await jwt(id);
    stream.cancel();
    const { revocations } = await watcher.next();
    expect(revocations.map(revocationFromWire)).toMatchObject([{ target: { kind: 'task', taskId: id } }]);
  });

  it('leave nothing to remember where nothing was issued, and else for no longer than that lasts', async () => {
    for (let i = 0; i < 5; i++) (await begun({ ttl: 3600 })).stream.cancel();
    await reported(5);
    expect(agent.revocations.set.size).toBe(0);
    const { stream, id } = await begun({ ttl: 3600 });
    await jwt(id);
    stream.cancel();
    await reported(6);
    const [revocation] = agent.revocations.set.values();
    const lasts = (revocation?.expiresAt ?? 0) - Date.now() / 1000;
    // What the server issues here lasts 300 s.
    expect(lasts).toBeLessThanOrEqual(601);
    expect(lasts).toBeGreaterThan(500);
  });

  it('do not wait for others whose end the server does not take', async () => {
    agent.taskServer.failures.set('EndTasks', [
      status.UNAVAILABLE,
      status.INVALID_ARGUMENT,
      status.INVALID_ARGUMENT,
    ]);
    const [first, second] = [await begun(), await begun()];
    first.stream.cancel();
    second.stream.cancel();
    expect(await reported(1)).toHaveLength(1);
    const third = await begun();
    third.stream.cancel();
    expect(await reported(2)).toContainEqual({ id: third.id, end: 'TASK_END_STREAM_CLOSED', detail: '' });
  });

  it('end with their parent; both stay refused until the server knows', async () => {
    const { stream, id } = await begun();
    const child = await begun({ parent_id: id });
    const token = await jwt(child.id);
    agent.taskServer.failures.set('EndTasks', [status.UNAVAILABLE]);
    stream.cancel();
    expect((await child.stream.next()).task?.end).toBe('TASK_END_PARENT_ENDED');
    agent.revocations.apply([], { isFullState: true, latest: 7 });
    expect(await validate(token)).toBe(status.INVALID_ARGUMENT);
    expect(await reported(1)).toMatchObject([{ id, end: 'TASK_END_STREAM_CLOSED' }]);
  });

  it('end when the server says so, with all below', async () => {
    const { stream, id } = await begun();
    const child = await begun({ parent_id: id });
    const task = agent.taskServer.tasks.get(id);
    if (task === undefined) throw new Error('the server has no such task');
    agent.tasks.endedElsewhere([
      { ...task, state: 'TASK_STATE_ENDED', end: 'TASK_END_OPERATOR', ended_at: '5', end_detail: 'enough' },
    ]);
    expect((await stream.next()).task).toMatchObject({ end: 'TASK_END_OPERATOR', end_detail: 'enough' });
    expect((await child.stream.next()).task?.end).toBe('TASK_END_PARENT_ENDED');
    expect(agent.tasks.count).toBe(0);
    expect(agent.taskServer.ended).toEqual([]);
  });

  it('that the server does not have any more are over; those that the agent does not hold are ended', async () => {
    const { stream, id } = await begun();
    agent.taskServer.tasks.delete(id);
    const unknown = agent.taskServer.add('e1');
    const ofOrchestrator = agent.taskServer.add('e1', { begun_by: 'spiffe://example.org/admin' });
    agent.tasks.reconcile();
    expect((await stream.next()).task?.state).toBe('TASK_STATE_ENDED');
    expect(await reported(1)).toEqual([
      { id: unknown.id, end: 'TASK_END_AGENT_LOST', detail: 'the agent does not hold it' },
    ]);
    // Whoever has the entry may use what an orchestrator began, but not end it.
    expect(await list()).toEqual([ofOrchestrator.id]);
    expect(await jwt(ofOrchestrator.id)).not.toBe('');
    const [refusal] = await new Promise<unknown[]>((resolve) =>
      client.EndTask({ task_id: ofOrchestrator.id }, header('true'), (...answer) => resolve(answer)),
    );
    expect(refusal).toMatchObject(UNKNOWN);
    agent.selectors = ['b'];
    await expect(jwt(ofOrchestrator.id)).rejects.toMatchObject(UNKNOWN);
  });

  it('need a server to begin', async () => {
    agent.tasks.lost();
    expect(await begin().failure()).toMatchObject({
      code: status.UNAVAILABLE,
      details: 'the server cannot be reached, and no task begins without it',
    });
  });

  it.each<{ name: string; request: LocalBeginTaskRequestInput; code: status; selectors?: readonly string[] }>(
    [
      { name: 'without a purpose', request: { purpose: '' }, code: status.INVALID_ARGUMENT },
      { name: 'with a purpose of two lines', request: { purpose: 'a\nb' }, code: status.INVALID_ARGUMENT },
      {
        name: 'with a destination that is none',
        request: { destinations: ['x'] },
        code: status.INVALID_ARGUMENT,
      },
      { name: 'with a negative TTL', request: { ttl: -1 }, code: status.INVALID_ARGUMENT },
      { name: 'with an ID that is none', request: { spiffe_id: 'x' }, code: status.INVALID_ARGUMENT },
      { name: 'below a task that is none', request: { parent_id: 'x' }, code: status.NOT_FOUND },
      {
        name: 'as somebody else',
        request: { spiffe_id: 'spiffe://example.org/e2' },
        code: status.PERMISSION_DENIED,
      },
      { name: 'as nobody', request: {}, selectors: ['c'], code: status.PERMISSION_DENIED },
      { name: 'as one of several', request: {}, selectors: ['a', 'b'], code: status.INVALID_ARGUMENT },
    ],
  )('do not begin $name', async ({ request, code, selectors }) => {
    if (selectors !== undefined) agent.selectors = selectors;
    expect(await begin(request).failure()).toMatchObject({ code });
    expect(agent.taskServer.calls).not.toContain('BeginTask');
  });

  it.each([
    { answer: status.INVALID_ARGUMENT, code: status.INVALID_ARGUMENT, details: 'the script says so' },
    { answer: status.RESOURCE_EXHAUSTED, code: status.RESOURCE_EXHAUSTED, details: 'the script says so' },
    { answer: status.UNIMPLEMENTED, code: status.UNIMPLEMENTED, details: 'the server has no tasks' },
    { answer: status.INTERNAL, code: status.UNAVAILABLE, details: 'the server could not be asked' },
  ])('that the server refuses with $answer are refused with $code', async ({ answer, code, details }) => {
    agent.taskServer.failures.set('BeginTask', [answer]);
    expect(await begin().failure()).toMatchObject({ code, details });
  });
});

describe('floods of tasks', () => {
  beforeEach(() => open({ taskLimits: LIMITS }));
  afterEach(async () => {
    client.close();
    await agent[Symbol.asyncDispose]();
  });

  it('stop at what one user may have, and at what it may begin', async () => {
    const streams = Array.from({ length: 4 }, () => begin());
    for (const stream of streams) await stream.next();
    expect(await begin().failure()).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    for (const stream of streams) stream.cancel();
    await reported(4);
    for (let i = 0; i < 2; i++) {
      const { stream } = await begun();
      stream.cancel();
      await reported(5 + i);
    }
    expect(await begin().failure()).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('stop there while the server is away, hold no process open, and leave nothing behind', async () => {
    await list();
    agent.tasks.lost();
    const before = readdirSync('/proc/self/fd').length;
    const parked = Array.from({ length: 4 }, () => begin());
    expect(await begin().failure()).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
    for (const stream of parked) expect(await stream.failure()).toMatchObject({ code: status.UNAVAILABLE });
    agent.tasks.connected();
    for (let i = 0; i < 4; i++) await begun();
  });

  it('are not gone through for a caller without an entry whose user has none', async () => {
    await begun({ is_process_tree: true });
    const peer = {
      share: 'another',
      get pidfd(): never {
        throw new Error('looked at');
      },
      get process(): never {
        throw new Error('looked at');
      },
    };
    expect(agent.tasks.list(peer as unknown as UnixPeer, [])).toEqual([]);
  });

  it('of trees stop earlier', async () => {
    const tree = client.BeginTask({ purpose: 'a tree', is_process_tree: true }, header('true'));
    const [{ endpoint }] = (await once(tree, 'data')) as [LocalBeginTaskResponseOutput];
    expect(endpoint).toMatch(/^unix:\/\/\/.*\/tasks\/[0-9a-f]{16}\.sock$/);
    expect(await begin({ is_process_tree: true }).failure()).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    tree.on('error', () => undefined);
    tree.cancel();
    await reported(1);
    await begun({ is_process_tree: true });
  });
});
