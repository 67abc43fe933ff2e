import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { WireTaskInput } from '@signet/api';
import type { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import { TestCa } from '../../../../test/kit/test-ca.ts';
import { jwtSvidMessage, x509Message } from '../../../../test/kit/workload-messages.ts';
import { rejectionCode } from '../testdata/error-code.ts';
import { soon } from '../testdata/soon.ts';
import { agentWithTask, beginTask, endMessage, TASK_ID, taskMessage } from '../testdata/test-task.ts';
import { WorkloadApiClient } from '../workload-api/workload-api-client.ts';
import type { TaskEndedError } from './task-end.ts';
import type { Task } from './task.ts';

let ca: TestCa;
let api: FakeWorkloadApi;

beforeAll(async () => {
  ca = await TestCa.create('example.org');
});

beforeEach(async () => {
  api = await agentWithTask(ca, '/client');
});

afterEach(() => api[Symbol.asyncDispose]());

async function endOf(task: Task): Promise<string> {
  if (!task.signal.aborted) await soon(once(task.signal, 'abort'));
  return (task.signal.reason as TaskEndedError).end;
}

describe('a task', () => {
  it('is begun with what was ordered, and is what the agent says', async () => {
    api.task.push(taskMessage({ destinations: ['spiffe://example.org/orders'], audiences: ['orders'] }));
    await using task = await beginTask(api, {
      purpose: 'nightly report',
      spiffeId: 'spiffe://example.org/client',
      audience: 'orders',
      destinations: ['spiffe://example.org/orders'],
      ttl: 600,
      budget: 5,
      parent: TASK_ID,
    });
    expect(api.taskOrders).toEqual([
      {
        purpose: 'nightly report',
        spiffe_id: 'spiffe://example.org/client',
        audiences: ['orders'],
        destinations: ['spiffe://example.org/orders'],
        ttl: 600,
        budget: 5,
        parent_id: TASK_ID,
        is_process_tree: false,
      },
    ]);
    expect(task).toMatchObject({ id: TASK_ID, deadline: 1_600, audiences: ['orders'] });
    expect(task.destinations.map(String)).toEqual(['spiffe://example.org/orders']);
    expect(task.spiffeId.uri).toBe('spiffe://example.org/client');
    expect(task.signal.aborted).toBe(false);
  });

  it('of a tree of processes has a Workload API of its own, which its calls are made to', async () => {
    const own = await agentWithTask(ca, '/client');
    api.task.push({ ...taskMessage(), endpoint: own.endpoint });
    await using task = await beginTask(api, { isProcessTree: true });
    expect(api.taskOrders[0]?.is_process_tree).toBe(true);
    await using client = new WorkloadApiClient({ task });
    await client.fetchX509Context();
    expect(own.calls.map(({ method, taskId }) => [method, ...taskId])).toEqual([['FetchX509SVID', TASK_ID]]);
    await own[Symbol.asyncDispose]();
  });

  it('that has ended with the first answer has ended', async () => {
    api.task.push(endMessage('TASK_END_BUDGET_SPENT'));
    expect(await endOf(await beginTask(api))).toBe('budgetSpent');
  });

  it('goes on when the client that began it is closed', async () => {
    await using task = await beginTask(api);
    expect(api.task.open).toBe(1);
    expect(task.signal.aborted).toBe(false);
  });

  it('ends with its block: the agent is told, then the stream is closed', async () => {
    const ended: string[] = [];
    api.onEndTask = ({ task_id: id }) => {
      ended.push(`${id} of ${api.task.open}`);
      return {};
    };
    const task = await beginTask(api);
    await Promise.all([task.end(), task[Symbol.asyncDispose]()]);
    expect(ended).toEqual([`${TASK_ID} of 1`]);
    expect(await endOf(task)).toBe('finished');
    await task.end();
    expect(ended).toHaveLength(1);
  });

  it('ends although the agent is not there to hear it', async () => {
    const task = await beginTask(api);
    api.pause();
    await task.end();
    expect(task.signal.aborted).toBe(true);
  });

  it.each<[NonNullable<WireTaskInput['end']>, string]>([
    ['TASK_END_OPERATOR', 'operator'],
    ['TASK_END_BUDGET_SPENT', 'budgetSpent'],
    ['TASK_END_ENTRY_GONE', 'entryGone'],
    ['TASK_END_PARENT_ENDED', 'parentEnded'],
  ])('ends when the agent says so: %s', async (end, cause) => {
    const task = await beginTask(api);
    api.task.push(endMessage(end));
    expect(await endOf(task)).toBe(cause);
    expect(task.signal.reason).toMatchObject({ code: 'ERR_TASK_ENDED', details: { end: cause } });
  });

  it('ends when the agent goes away', async () => {
    const task = await beginTask(api);
    api.pause();
    expect(await endOf(task)).toBe('agentLost');
  });

  it('ends when the agent closes the stream without a word', async () => {
    const task = await beginTask(api);
    api.task.end();
    expect(await endOf(task)).toBe('streamClosed');
  });

  it('ends at its deadline, whatever the clock of this host says, and although the agent says nothing', async () => {
    api.task.push(taskMessage({ began_at: 4_000_000_000, deadline: 4_000_000_001 }));
    const task = await beginTask(api);
    expect(task.signal.aborted).toBe(false);
    expect(await endOf(task)).toBe('deadline');
  });

  it('outlasts the longest timer', async () => {
    api.task.push(taskMessage({ deadline: 10_000_000 }));
    await using task = await beginTask(api);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(task.signal.aborted).toBe(false);
  });
});

describe('beginning a task fails', () => {
  it.each<[string, status, string]>([
    ['where the agent has none', status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED'],
    ['without an identity', status.PERMISSION_DENIED, 'ERR_PERMISSION_DENIED'],
    ['below a task of another', status.NOT_FOUND, 'ERR_NOT_FOUND'],
    ['while the server is away', status.UNAVAILABLE, 'ERR_UNAVAILABLE'],
    ['beyond the limits', status.RESOURCE_EXHAUSTED, 'ERR_RESOURCE_EXHAUSTED'],
  ])('%s', async (_, code, expected) => {
    api.task.fail(code, 'no');
    expect(await rejectionCode(beginTask(api))).toBe(expected);
  });

  it.each<[string, WireTaskInput | undefined]>([
    ['has no task', undefined],
    ['names none', { id: 'me' }],
    ['names no owner', { spiffe_id: '' }],
  ])('when the answer %s, and the stream does not stay', async (_, task) => {
    api.task.push(task === undefined ? {} : taskMessage(task));
    expect(await rejectionCode(beginTask(api))).not.toBe('no error');
    await using client = new WorkloadApiClient({ endpoint: api.endpoint });
    await client.fetchX509Context();
    expect(api.task.open).toBe(0);
  });

  it('when the agent does not answer in time', async () => {
    api.task.hang();
    using client = new WorkloadApiClient({ endpoint: api.endpoint, timeoutMs: 100 });
    expect(await rejectionCode(client.beginTask({ purpose: 'test' }))).toBe('ERR_UNAVAILABLE');
  });

  it('when it is given up, before and meanwhile', async () => {
    expect(await rejectionCode(beginTask(api, { signal: AbortSignal.abort() }))).toBe('ERR_ABORTED');
    api.task.hang();
    const giveUp = new AbortController();
    const begun = rejectionCode(beginTask(api, { signal: giveUp.signal }));
    await soon(api.task.untilOpened(1));
    giveUp.abort();
    expect(await begun).toBe('ERR_ABORTED');
  });

  it('giving up later changes nothing', async () => {
    const giveUp = new AbortController();
    await using task = await beginTask(api, { signal: giveUp.signal });
    giveUp.abort();
    expect(task.signal.aborted).toBe(false);
  });
});

describe('calls in a task', () => {
  it('bear its ID, and their tasks are part of it', async () => {
    await using task = await beginTask(api);
    await using client = new WorkloadApiClient({ task });
    await client.fetchX509Context();
    await client.fetchJwtSvids({ audience: 'orders' });
    await using child = await client.beginTask({ purpose: 'a part' });
    expect(child.signal.aborted).toBe(false);
    expect(api.calls.map(({ method, taskId }) => [method, ...taskId])).toEqual([
      ['BeginTask'],
      ['FetchX509SVID', TASK_ID],
      ['FetchJWTSVID', TASK_ID],
      ['BeginTask'],
    ]);
    expect(api.taskOrders.map((order) => order.parent_id)).toEqual(['', TASK_ID]);
  });

  it('take nothing that is of another task, or of none', async () => {
    await using task = await beginTask(api);
    for (const taskId of ['b3RoZXItdGFzay1vdGhlcg', undefined]) {
      const other = await agentWithTask(ca, '/client');
      const svid = await ca.issueX509Svid('/client', taskId === undefined ? {} : { taskId });
      other.x509Svids.push(x509Message({ svids: [svid], bundle: [ca] }));
      other.onFetchJwtSvid = ({ audience }) =>
        jwtSvidMessage([
          { id: svid.id, token: ca.issueJwtSvid('/client', { audience, ...(taskId && { taskId }) }) },
        ]);
      await using client = new WorkloadApiClient({ task, endpoint: other.endpoint });
      expect(await rejectionCode(client.fetchX509Context())).toBe('ERR_FAILED_PRECONDITION');
      expect(await rejectionCode(client.fetchJwtSvids({ audience: 'a' }))).toBe('ERR_JWT_CLAIMS');
      await other[Symbol.asyncDispose]();
    }
  });

  it('end with it, and begin no more', async () => {
    api.x509Svids.hang();
    const task = await beginTask(api);
    await using client = new WorkloadApiClient({ task });
    const waiting = rejectionCode(client.fetchX509Context());
    await soon(api.x509Svids.untilOpened(1));
    await task.end();
    expect(await waiting).toBe('ERR_TASK_ENDED');
    expect(await rejectionCode(client.fetchJwtSvids({ audience: 'a' }))).toBe('ERR_TASK_ENDED');
    expect(await rejectionCode(client.beginTask({ purpose: 'late' }))).toBe('ERR_TASK_ENDED');
  });
});
