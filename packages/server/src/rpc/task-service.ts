import {
  entryToWire,
  type OperatorListTasksRequestOutput,
  taskPolicyFromWire,
  taskPolicyToWire,
  type taskService,
  taskToWire,
} from '@signet/api';
import {
  type Clock,
  nowSeconds,
  parseSpiffeId,
  requireAgentId,
  requireMemberId,
  SignetError,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import type { AuthorizedEntries } from '../authz/authorized-entries.ts';
import type { EntryStore } from '../datastore/entry-store.ts';
import type { TaskFilter, TaskStore } from '../datastore/task-store.ts';
import { readingArgument } from '../error-text.ts';
import { beginTask } from '../tasks/begin-task.ts';
import { createTaskEntry } from '../tasks/create-task-entry.ts';
import { endTaskByOperator } from '../tasks/end-tasks.ts';
import type { TaskPolicies } from '../tasks/task-policies.ts';
import { unknownTask } from '../tasks/unknown-task.ts';
import { actorOf } from './caller.ts';
import { entryToCreateFromWire } from './entry-wire.ts';
import { type Handlers } from './service-host.ts';

/** The roles behind the tasks of operators. */
export interface TaskServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  /** Guarded: see `guardDatastore`. */
  readonly tasks: TaskStore;
  readonly entries: Pick<EntryStore, 'get'>;
  readonly authorized: Pick<AuthorizedEntries, 'authorizedEntry'>;
  readonly taskPolicies: Pick<TaskPolicies, 'of' | 'after'>;
}

const MAX_PAGE = 1000;

/** The handlers of `signet.server.task.v1.Task`. */
export function createTaskService(deps: TaskServiceDeps): Handlers<typeof taskService> {
  const { tasks, trustDomain } = deps;
  return {
    ListTasks: async ({ filter, page_size: wanted, page_token: token }) => {
      const size = wanted > 0 ? Math.min(wanted, MAX_PAGE) : MAX_PAGE;
      const page = await tasks.list(filterFromWire(filter, trustDomain), { size, token });
      return { tasks: page.items.map(taskToWire), next_page_token: page.nextPageToken };
    },

    GetTask: async ({ id }) => {
      const task = await tasks.get(id);
      if (task === undefined) throw unknownTask();
      return taskToWire(task);
    },

    BeginTask: async (wire, call) => {
      const { entry_id: entryId, parent_id: parentId, purpose, audiences, destinations, ttl, budget } = wire;
      call.audit.note({ registration_id: entryId, agent_id: wire.agent_id, purpose });
      const agentId = agentIdFrom(wire.agent_id, trustDomain);
      const entry = deps.authorized.authorizedEntry(agentId, entryId, nowSeconds(deps.clock));
      if (entry === undefined) {
        throw new SignetError('ERR_NOT_FOUND', 'entry not found, or not one that the agent may use');
      }
      const request = { purpose, audiences, destinations, ttl, budget };
      const begunBy = actorOf(call.caller);
      const order = { entry, agentId, parentId, request, idempotencyKey: '', begunBy };
      const task = await beginTask(order, tasks);
      call.audit.note({ task_id: task.id, spiffe_id: task.spiffeId, expires_at: task.deadline });
      return taskToWire(task);
    },

    EndTask: async ({ id, detail }, call) => {
      call.audit.note({ task_id: id, detail });
      const grounds = {
        reason: 'cessationOfOperation',
        actor: actorOf(call.caller),
        comment: detail,
      } as const;
      const { ended } = await endTaskByOperator(id, { ...grounds, isDryRun: false }, tasks);
      call.audit.note({ tasks: ended.map((task) => task.id) });
      return { ended: ended.map(taskToWire) };
    },

    CreateTaskEntry: async ({ entry: wire, policy: wirePolicy }, call) => {
      if (wire === null) throw new SignetError('ERR_INVALID_ARGUMENT', 'missing entry');
      const policy = taskPolicyFromWire(wirePolicy);
      const entry = await createTaskEntry(entryToCreateFromWire(wire, trustDomain), policy, tasks);
      call.audit.note({ registration_id: entry.id, spiffe_id: entry.spiffeId.uri, ...policyFacts(policy) });
      return entryToWire(entry, null);
    },

    SetTaskPolicy: async ({ entry_id: entryId, policy: wire }, call) => {
      const policy = taskPolicyFromWire(wire);
      call.audit.note({ registration_id: entryId, ...policyFacts(policy) });
      return taskPolicyToWire(await tasks.setPolicy(entryId, policy));
    },

    GetTaskPolicy: async ({ entry_id: entryId }) => {
      if ((await deps.entries.get(entryId)) === undefined) {
        throw new SignetError('ERR_NOT_FOUND', 'entry not found');
      }
      return taskPolicyToWire(deps.taskPolicies.of(entryId));
    },

    ListTaskPolicies: ({ page_size: wanted, page_token: after }) => {
      const size = wanted > 0 ? Math.min(wanted, MAX_PAGE) : MAX_PAGE;
      const found = deps.taskPolicies.after(after, size + 1);
      const page = found.slice(0, size);
      return Promise.resolve({
        policies: page.map(([entry_id, policy]) => ({ entry_id, policy: taskPolicyToWire(policy) })),
        next_page_token: found.length > size ? (page.at(-1)?.[0] ?? '') : '',
      });
    },
  };
}

function filterFromWire(
  wire: OperatorListTasksRequestOutput['filter'],
  trustDomain: TrustDomain,
): TaskFilter {
  if (wire === null) return {};
  const { spiffe_id: spiffeId, entry_id: entryId, agent_id: agentId, parent_id: parentId, state } = wire;
  return {
    ...(spiffeId !== '' && { spiffeId: memberId('SPIFFE ID', spiffeId, trustDomain).uri }),
    ...(entryId !== '' && { entryId }),
    ...(agentId !== '' && { agentId: memberId('agent ID', agentId, trustDomain).uri }),
    ...(parentId !== '' && { parentId }),
    ...(state !== 'TASK_STATE_UNSPECIFIED' && { isActive: state === 'TASK_STATE_ACTIVE' }),
  };
}

function memberId(what: string, text: string, trustDomain: TrustDomain): SpiffeId {
  return readingArgument(`malformed ${what} filter`, () => {
    const id = parseSpiffeId(text);
    requireMemberId(id, trustDomain);
    return id;
  });
}

function agentIdFrom(text: string, trustDomain: TrustDomain): SpiffeId {
  return readingArgument('invalid agent ID', () => {
    const id = parseSpiffeId(text);
    requireAgentId(id, trustDomain);
    return id;
  });
}

function policyFacts(policy: ReturnType<typeof taskPolicyFromWire>): Record<string, boolean | number> {
  return {
    task_only: policy.isTaskOnly,
    task_max_ttl: policy.maxTtl,
    task_offline_lease: policy.offlineLease,
  };
}
