import { prepare } from './statement.ts';
import { changedRows, type Steps } from './steps.ts';
import { ACTIVE } from './task-rows.ts';

const deleteEnded = prepare<{ endedBefore: number; limit: number }>((db, value) =>
  db
    .deleteFrom('tasks')
    .where('row_id', 'in', (eb) =>
      eb
        .selectFrom('tasks')
        .select('row_id')
        .where('end_cause', '<>', ACTIVE)
        .where('ended_at', '<', value('endedBefore'))
        .orderBy('ended_at')
        .limit(value('limit')),
    ),
);

/** Forgets tasks that ended before the time, at most `limit`; how many. @see TaskStore.prune */
export function* pruneTasks(input: { endedBefore: number; limit: number }): Steps<number> {
  return yield* changedRows(deleteEnded(input));
}
