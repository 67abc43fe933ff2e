import { prepare } from './statement.ts';
import { firstRow, run, type Steps } from './steps.ts';
import { endCauses } from './task-end-causes.ts';
import { findTaskRow, type TaskRow } from './task-rows.ts';

/** A credential that is about to be issued in a task. */
export interface TakeIssueInput {
  readonly id: string;
  readonly agentId: string;
  /** When it expires at the latest. */
  readonly expiresBy: number;
  /** Who it names; none for an X.509-SVID. */
  readonly audience: readonly string[];
}

/** What became of it; a task without budget comes with the one whose budget is spent. */
export type TakeIssueOutput =
  | { readonly outcome: 'taken' | 'ended' | 'spent'; readonly row: TaskRow }
  | { readonly outcome: 'outside'; readonly audience: string }
  | { readonly outcome: 'unknown' };

const addIssue = prepare<{ id: string }>((db, value) =>
  db
    .updateTable('tasks')
    .set((eb) => ({ issued: eb('issued', '+', 1) }))
    .where('id', '=', value('id')),
);

const raiseExpiry = prepare<{ id: string; expiresBy: number }>((db, value) =>
  db
    .updateTable('tasks')
    .set({ last_expiry: value('expiresBy') })
    .where('id', '=', value('id'))
    .where('last_expiry', '<', value('expiresBy')),
);

/** @see TaskStore.takeIssue */
export function* takeIssue(input: TakeIssueInput): Steps<TakeIssueOutput> {
  const task = yield* firstRow(findTaskRow(input));
  if (task === undefined || task.agent_id !== input.agentId) return { outcome: 'unknown' };
  if (task.end_cause !== endCauses.none) return { outcome: 'ended', row: task };
  const audience = audienceOutside(task, input.audience);
  if (audience !== undefined) return { outcome: 'outside', audience };
  const lineage = [task];
  for (let above: TaskRow | undefined = task; above !== undefined && above.parent_id !== '';) {
    above = yield* firstRow(findTaskRow({ id: above.parent_id }));
    if (above !== undefined) lineage.push(above);
  }
  const spent = lineage.find(({ budget, issued }) => budget > 0 && issued >= budget);
  if (spent !== undefined) return { outcome: 'spent', row: spent };
  for (const { id } of lineage) yield* run(addIssue({ id }));
  yield* run(raiseExpiry(input));
  return { outcome: 'taken', row: { ...task, issued: task.issued + 1 } };
}

function audienceOutside({ audiences }: TaskRow, wanted: readonly string[]): string | undefined {
  const allowed = JSON.parse(audiences) as readonly string[];
  return allowed.length === 0 ? undefined : wanted.find((name) => !allowed.includes(name));
}
