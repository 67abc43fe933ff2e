import { REVOCATION_REASON_CODES } from '@signet/core';
import type { EndTasksOrder, IssueOutcome, TaskStore } from '../task-store.ts';
import type { EndTasksInput } from '../sql/task-ends.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { encodeNewEntry, type EntryDecoder } from './entry-codec.ts';
import { decodeCreated } from './entry-store.ts';
import { pruneInPortions } from './prune-in-portions.ts';
import { decodeTask, decodeTaskPolicy, encodeEnding, encodeTaskPolicy } from './task-codec.ts';

/** Rows read at once. */
const PORTION = 1000;

/** The task store over its operations. */
export function createTaskStore(caller: OperationCaller, decoder: EntryDecoder): TaskStore {
  return {
    begin: async (task) => {
      const { isNew, row } = await caller.call('tasks.begin', task);
      return { isNew, task: decodeTask(row) };
    },
    takeIssue: async (id, agentId, issue): Promise<IssueOutcome> => {
      const output = await caller.call('tasks.takeIssue', { id, agentId, ...issue });
      return 'row' in output ? { outcome: output.outcome, task: decodeTask(output.row) } : output;
    },
    end: async (order) => {
      const { named, ended, ...count } = await caller.call('tasks.end', encodeEndOrder(order));
      return { ...count, named: named.map(decodeTask), ended: ended.map(decodeTask) };
    },
    get: async (id) => {
      const row = await caller.call('tasks.get', { id });
      return row && decodeTask(row);
    },
    list: async (filter, page) => {
      const { rows, nextPageToken } = await caller.call('tasks.list', { filter, page });
      return { items: rows.map(decodeTask), nextPageToken };
    },
    active: async () => {
      const read = (after: string) => caller.call('tasks.active', { after, limit: PORTION });
      return (await readAll(read, ({ id }) => id)).map(decodeTask);
    },
    prune: (endedBefore) => pruneInPortions((limit) => caller.call('tasks.prune', { endedBefore, limit })),
    policy: async (entryId) => {
      const row = await caller.call('tasks.policy', { entryId });
      return row && decodeTaskPolicy(row);
    },
    policies: async () => {
      const read = (after: string) => caller.call('tasks.policies', { after, limit: PORTION });
      const rows = await readAll(read, ({ entry_id }) => entry_id);
      return new Map(rows.map((row) => [row.entry_id, decodeTaskPolicy(row)]));
    },
    createEntry: async (entry, policy) => {
      const input = { entry: encodeNewEntry(entry), policy: encodeTaskPolicy(policy) };
      return decodeCreated(await caller.call('tasks.createEntry', input), decoder);
    },
    setPolicy: async (entryId, policy) => {
      const row = { entry_id: entryId, ...encodeTaskPolicy(policy) };
      return decodeTaskPolicy(await caller.call('tasks.setPolicy', row));
    },
  };
}

function encodeEndOrder({ endings, grounds, ...order }: EndTasksOrder): EndTasksInput {
  return {
    ...order,
    endings: endings.map(encodeEnding),
    ...(grounds && { grounds: { ...grounds, reason: REVOCATION_REASON_CODES[grounds.reason] } }),
  };
}

async function readAll<Row>(
  read: (after: string) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await read(last === undefined ? '' : keyOf(last));
    for (const row of page) all.push(row);
    if (page.length < PORTION) return all;
  }
}
