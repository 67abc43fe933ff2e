import type { Change, ChangeLog } from '../change-log.ts';
import type { ChangeRecord } from '../sql/change-record.ts';
import type { OperationCaller } from '../sql/operations.ts';
import { decodeAgents } from './agent-codec.ts';
import type { EntryDecoder } from './entry-codec.ts';
import { decodeRevocation } from './revocation-codec.ts';
import { decodeTask, decodeTaskPolicy } from './task-codec.ts';

type Listener = (changes: readonly ChangeRecord[]) => void;

/** Who hears of commits. */
export class CommitListeners {
  readonly #listeners = new Set<Listener>();

  /** Tells all of them. */
  tell(changes: readonly ChangeRecord[]): void {
    for (const listener of this.#listeners) listener(changes);
  }

  /** Adds one; the result takes it away again. */
  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** The change log over its operations and the commits of this process. */
export function createChangeLog(
  caller: OperationCaller,
  commits: CommitListeners,
  decoder: EntryDecoder,
): ChangeLog {
  const decode = (record: ChangeRecord): Change => decodeChange(record, decoder);
  return {
    latest: () => caller.call('changes.latest', undefined),
    since: async (sequence, limit) => (await caller.call('changes.since', { sequence, limit })).map(decode),
    newest: async (kinds, limit) => {
      const { completeAfter, changes } = await caller.call('changes.newest', { kinds, limit });
      return { completeAfter, changes: changes.map(decode) };
    },
    onCommit: (listener) => commits.add((records) => listener(records.map(decode))),
    prune: (before) => caller.call('changes.prune', { before }),
  };
}

function decodeChange(record: ChangeRecord, decoder: EntryDecoder): Change {
  const { sequence, kind, id } = record;
  if (kind === 'entry') {
    return { sequence, kind, id, ...(record.row && { entry: decoder.decode(record.row) }) };
  }
  if (kind === 'bundle') return { sequence, kind, id };
  if (kind === 'revocation') {
    return { sequence, kind, id, ...(record.rows && { revocations: record.rows.map(decodeRevocation) }) };
  }
  if (kind === 'task') {
    const { row, isReported } = record;
    return { sequence, kind, id, ...(row && { task: decodeTask(row) }), ...(isReported && { isReported }) };
  }
  if (kind === 'task_policy') {
    return { sequence, kind, id, ...(record.row && { policy: decodeTaskPolicy(record.row) }) };
  }
  const [node] = decodeAgents(record.row === undefined ? [] : [record.row], { withSelectors: true });
  return { sequence, kind, id, ...(node && { node }) };
}
