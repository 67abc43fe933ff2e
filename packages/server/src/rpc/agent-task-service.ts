import {
  type agentTaskService,
  endedTaskToWire,
  entryToWire,
  jwtSvidToWire,
  taskEndFromWire,
  type TaskEntryInput,
  taskPolicyToWire,
  taskToWire,
  x509SvidToWire,
} from '@signet/api';
import { nowSeconds, type RegistrationEntry, SignetError, type SpiffeId } from '@signet/core';
import type { AuthorizedEntries } from '../authz/authorized-entries.ts';
import type { TaskStore } from '../datastore/task-store.ts';
import { beginTask } from '../tasks/begin-task.ts';
import { endReportedTasks } from '../tasks/end-tasks.ts';
import { type IssueTaskSvidDeps, issueTaskJwtSvid, issueTaskX509Svid } from '../tasks/issue-task-svid.ts';
import type { TaskPolicies } from '../tasks/task-policies.ts';
import type { UnsettledAgents } from '../tasks/unsettled-agents.ts';
import { callerId } from './caller.ts';
import { entryBytes } from './entry-bytes.ts';
import { MAX_RECEIVE_BYTES } from './limits.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the tasks of agents. */
export interface AgentTaskServiceDeps extends Omit<IssueTaskSvidDeps, 'tasks' | 'authorized'> {
  /** Guarded: see `guardDatastore`. */
  readonly tasks: TaskStore;
  readonly taskPolicies: Pick<TaskPolicies, 'get'>;
  readonly authorized: AuthorizedEntries;
  readonly unsettledAgents: Pick<UnsettledAgents, 'listed'>;
}

const PAGE = 1000;
/** Entries of one answer, bytes: what gRPC clients take by themselves, with room for the message around them. */
const PAGE_BYTES = MAX_RECEIVE_BYTES - 4096;
const POLICY_BYTES = 32;

/** The handlers of `signet.agent.v1.AgentTask`: an agent sees and does nothing but with tasks of its own. */
export function createAgentTaskService(deps: AgentTaskServiceDeps): Handlers<typeof agentTaskService> {
  const { tasks } = deps;
  return {
    BeginTask: async (wire, call) => {
      const { entry_id: entryId, parent_id: parentId, idempotency_key: idempotencyKey } = wire;
      const { purpose, audiences, destinations, ttl, budget } = wire;
      call.audit.note({ registration_id: entryId });
      const agentId = callerId(call.caller);
      const entry = authorizedEntry(entryId, agentId, deps);
      const request = { purpose, audiences, destinations, ttl, budget };
      const order = { entry, agentId, parentId, request, idempotencyKey, begunBy: '' };
      const task = await beginTask(order, tasks);
      call.audit.note({ task_id: task.id, spiffe_id: task.spiffeId, purpose, expires_at: task.deadline });
      return { task: taskToWire(task) };
    },

    EndTasks: async ({ endings }, call) => {
      const ends = endings.map(({ task_id: id, end, detail, ended_at: endedAt }) => ({
        id,
        cause: taskEndFromWire(end),
        detail,
        endedAt: Number(endedAt),
      }));
      const ended = await endReportedTasks(ends, callerId(call.caller), tasks);
      call.audit.note({ tasks: ended.map(({ id }) => id) });
      return { ended: ended.map(endedTaskToWire) };
    },

    ListTasks: async ({ page_token: token }, call) => {
      const { uri: agentId } = callerId(call.caller);
      const page = await tasks.list({ agentId, isActive: true }, { size: PAGE, token });
      if (page.nextPageToken === '') deps.unsettledAgents.listed(agentId);
      return { tasks: page.items.map(taskToWire), next_page_token: page.nextPageToken };
    },

    ListTaskEntries: ({ page_token: after }, call) =>
      Promise.resolve(taskEntriesAfter(after, callerId(call.caller), deps)),

    NewX509SVID: async ({ task_id: taskId, csr: csrDer }, call) => {
      call.audit.note({ task_id: taskId });
      const svid = await issueTaskX509Svid({ taskId, agentId: callerId(call.caller), csrDer }, deps);
      const { spiffeId: id, chainDer: chain, expiresAt, serialHex } = svid;
      call.audit.note({ spiffe_id: id.uri, serial_number: serialHex, expires_at: expiresAt });
      return { svid: x509SvidToWire({ id, chain, expiresAt }) };
    },

    NewJWTSVID: async ({ task_id: taskId, audience }, call) => {
      call.audit.note({ task_id: taskId, audience });
      const svid = await issueTaskJwtSvid({ taskId, agentId: callerId(call.caller), audience }, deps);
      const { spiffeId: id, token, issuedAt, expiresAt } = svid;
      call.audit.note({ spiffe_id: id.uri, expires_at: expiresAt });
      return { svid: jwtSvidToWire({ id, token, issuedAt, expiresAt }) };
    },
  };
}

function authorizedEntry(
  entryId: string,
  agentId: SpiffeId,
  { authorized, issuance }: AgentTaskServiceDeps,
): RegistrationEntry {
  const entry = authorized.authorizedEntry(agentId, entryId, nowSeconds(issuance.clock));
  if (entry === undefined) throw new SignetError('ERR_NOT_FOUND', 'entry not found or not authorized');
  return entry;
}

/** Entries by rising ID, so that a page goes on where the last one ended whatever changed meanwhile. */
function taskEntriesAfter(
  after: string,
  agentId: SpiffeId,
  { authorized, issuance, taskPolicies }: AgentTaskServiceDeps,
): { entries: TaskEntryInput[]; next_page_token: string } {
  const now = nowSeconds(issuance.clock);
  const found = authorized
    .authorizedEntries(agentId, now)
    .filter(({ id }) => id > after && taskPolicies.get(id) !== undefined)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  let bytes = 0;
  const overflow = found.findIndex((entry) => (bytes += entryBytes(entry) + POLICY_BYTES) > PAGE_BYTES);
  const page = overflow === -1 ? found : found.slice(0, Math.max(1, overflow));
  const entries = page.map((entry) => ({
    entry: entryToWire(entry, null),
    policy: taskPolicyToWire(taskPolicies.get(entry.id) ?? neverAbsent()),
  }));
  return { entries, next_page_token: page.length < found.length ? (page.at(-1)?.id ?? '') : '' };
}

function neverAbsent(): never {
  throw new TypeError('a policy went while it was read');
}
