import type { LocalBeginTaskResponseInput, WireTaskInput } from '@signet/api';
import { FakeWorkloadApi } from '../../../../test/kit/fake-workload-api.ts';
import type { TestCa } from '../../../../test/kit/test-ca.ts';
import { jwtBundlesMessage, jwtSvidMessage, x509Message } from '../../../../test/kit/workload-messages.ts';
import type { Task } from '../task/task.ts';
import type { TaskOrder } from '../task/task-order.ts';
import { WorkloadApiClient } from '../workload-api/workload-api-client.ts';

/** ID of the one task that a fake agent begins. */
export const TASK_ID = 'c2lnbmV0LXRlc3QtdGFzaw';

/** A message of BeginTask about that task. */
export function taskMessage(task: WireTaskInput = {}): LocalBeginTaskResponseInput {
  return {
    task: {
      id: TASK_ID,
      purpose: 'test',
      spiffe_id: 'spiffe://example.org/client',
      began_at: 1_000,
      deadline: 1_600,
      state: 'TASK_STATE_ACTIVE',
      ...task,
    },
  };
}

/** The message that says that it ended. */
export function endMessage(end: NonNullable<WireTaskInput['end']>): LocalBeginTaskResponseInput {
  return taskMessage({ state: 'TASK_STATE_ENDED', end, ended_at: 1_100 });
}

/** An agent that begins one task, for a workload with this path, and gives it what is of that task. */
export async function agentWithTask(
  ca: TestCa,
  path: string,
  task: WireTaskInput = {},
): Promise<FakeWorkloadApi> {
  const api = await FakeWorkloadApi.start();
  const svid = await ca.issueX509Svid(path, { taskId: TASK_ID });
  api.task.push(taskMessage({ spiffe_id: svid.id, ...task }));
  api.onEndTask = () => ({});
  api.x509Svids.push(x509Message({ svids: [svid], bundle: [ca] }));
  api.jwtBundles.push(jwtBundlesMessage([ca]));
  api.onFetchJwtSvid = ({ audience }) =>
    jwtSvidMessage([{ id: svid.id, token: ca.issueJwtSvid(path, { audience, taskId: TASK_ID }) }]);
  return api;
}

/** Begins it. */
export async function beginTask(api: FakeWorkloadApi, order: Partial<TaskOrder> = {}): Promise<Task> {
  using client = new WorkloadApiClient({ endpoint: api.endpoint, timeoutMs: 2_000 });
  return await client.beginTask({ purpose: 'test', ...order });
}
