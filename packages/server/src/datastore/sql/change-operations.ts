import type { UnixSeconds } from '@signet/core';
import { findAgentRow } from './agent-rows.ts';
import type { ChangedThing, ChangeRecord } from './change-record.ts';
import { findEntryRow } from './entry-rows.ts';
import { queryBuilder } from './query-builder.ts';
import { compile, prepare } from './statement.ts';
import { allRows, changedRows, firstRow, insertedRow, type Steps } from './steps.ts';
import { findTaskPolicyRow, findTaskRow } from './task-rows.ts';
import type { WriteContext } from './write-context.ts';

const insertChange = prepare<{ kind: ChangedThing['kind']; id: string; at: number }>((db, value) =>
  db.insertInto('changes').values({ kind: value('kind'), id: value('id'), recorded_at: value('at') }),
);

const selectSince = prepare<
  { sequence: number; limit: number },
  { sequence: number; kind: ChangedThing['kind']; id: string }
>((db, value) =>
  db
    .selectFrom('changes')
    .select(['sequence', 'kind', 'id'])
    .where('sequence', '>', value('sequence'))
    .orderBy('sequence')
    .limit(value('limit')),
);

const selectLatest = prepare<object, { sequence: number }>((db) =>
  db.selectFrom('changes').select('sequence').orderBy('sequence', 'desc').limit(1),
);

const selectOldest = prepare<object, { sequence: number }>((db) =>
  db.selectFrom('changes').select('sequence').orderBy('sequence').limit(1),
);

const selectFirstYoung = prepare<{ before: number }, { sequence: number }>((db, value) =>
  db
    .selectFrom('changes')
    .select('sequence')
    .where('recorded_at', '>=', value('before'))
    .orderBy('sequence')
    .limit(1),
);

const deleteBelow = prepare<{ sequence: number }>((db, value) =>
  db.deleteFrom('changes').where('sequence', '<', value('sequence')),
);

/** Writes a change into the log, in the transaction that makes it. */
export function* recordChange(context: WriteContext, thing: ChangedThing): Steps<void> {
  const sequence = yield* insertedRow(insertChange({ kind: thing.kind, id: thing.id, at: context.at }));
  context.changes.push({ ...thing, sequence });
}

/** Sequence of the newest change, 0 when there was none. */
export function* latestChange(): Steps<number> {
  const row = yield* firstRow(selectLatest({}));
  return row?.sequence ?? 0;
}

/** How far back the newest changes are looked for: those of tasks may be many. */
const NEWEST_WINDOW = 200_000;

/** @see ChangeLog.newest */
export function* newestChanges(input: {
  kinds: readonly ChangedThing['kind'][];
  limit: number;
}): Steps<{ completeAfter: number; changes: readonly ChangeRecord[] }> {
  const oldest = (yield* firstRow(selectOldest({})))?.sequence ?? 0;
  const from = Math.max(oldest - 1, (yield* latestChange()) - NEWEST_WINDOW);
  const query = queryBuilder
    .selectFrom('changes')
    .select(['sequence', 'kind', 'id'])
    .where('sequence', '>', from)
    .where('kind', 'in', input.kinds)
    .orderBy('sequence', 'desc')
    .limit(input.limit);
  const found = (yield* allRows(compile(query))).toReversed();
  const changes: ChangeRecord[] = [];
  for (const change of found) changes.push(yield* withRow(change));
  const isFull = found.length === input.limit;
  return { completeAfter: isFull ? (found[0]?.sequence ?? 0) - 1 : Math.max(0, from), changes };
}

/** Changes after `sequence`, each with the row as it is now. */
export function* changesSince(input: { sequence: number; limit: number }): Steps<readonly ChangeRecord[]> {
  const changes: ChangeRecord[] = [];
  for (const change of yield* allRows(selectSince(input))) changes.push(yield* withRow(change));
  return changes;
}

function* withRow(change: { sequence: number; kind: ChangedThing['kind']; id: string }): Steps<ChangeRecord> {
  const { sequence, kind, id } = change;
  switch (kind) {
    case 'entry': {
      const row = yield* firstRow(findEntryRow({ id }));
      return row === undefined ? { sequence, kind, id } : { sequence, kind, id, row };
    }
    case 'agent': {
      const row = yield* firstRow(findAgentRow({ id }));
      return row === undefined ? { sequence, kind, id } : { sequence, kind, id, row };
    }
    case 'task': {
      const row = yield* firstRow(findTaskRow({ id }));
      return row === undefined ? { sequence, kind, id } : { sequence, kind, id, row };
    }
    case 'task_policy': {
      const row = yield* firstRow(findTaskPolicyRow({ entry_id: id }));
      return row === undefined ? { sequence, kind, id } : { sequence, kind, id, row };
    }
    case 'bundle':
    case 'revocation':
      return { sequence, kind, id };
  }
}

/** Deletes changes recorded before `before`, but never the newest; how many. */
export function* pruneChanges(input: { before: UnixSeconds }): Steps<number> {
  // Rows are in the order of time, so the walk ends at the first young one. The newest stays: it holds the sequence.
  const young = yield* firstRow(selectFirstYoung(input));
  return yield* changedRows(deleteBelow({ sequence: young?.sequence ?? (yield* latestChange()) }));
}
