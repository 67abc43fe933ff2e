import type { CaJournalsTable } from './schema.ts';
import { StoreError } from '@signet/core';
import { prepare } from './statement.ts';
import { changedRows, firstRow, run, type Steps } from './steps.ts';
import type { WriteContext } from './write-context.ts';

const selectJournal = prepare<{ serverId: string }, { data: Uint8Array; version: number }>((db, value) =>
  db.selectFrom('ca_journals').select(['data', 'version']).where('server_id', '=', value('serverId')),
);

const replaceJournal = prepare<CaJournalsTable>((db, value) =>
  db
    .insertInto('ca_journals')
    .values({
      server_id: value('server_id'),
      data: value('data'),
      version: value('version'),
      saved_at: value('saved_at'),
    })
    .onConflict((conflict) =>
      conflict
        .column('server_id')
        .doUpdateSet({ data: value('data'), version: value('version'), saved_at: value('saved_at') }),
    ),
);

const deleteOld = prepare<{ before: number }>((db, value) =>
  db.deleteFrom('ca_journals').where('saved_at', '<', value('before')),
);

/** @see CaJournalStore.load */
export function* loadCaJournal(input: {
  serverId: string;
}): Steps<{ data: Uint8Array; version: number } | undefined> {
  return yield* firstRow(selectJournal(input));
}

/** @see CaJournalStore.save */
export function* saveCaJournal(
  input: { serverId: string; data: Uint8Array; expectedVersion: number },
  context: WriteContext,
): Steps<number> {
  const stored = yield* firstRow(selectJournal(input));
  if ((stored?.version ?? 0) !== input.expectedVersion) {
    throw new StoreError('ERR_ABORTED', 'the CA journal was saved by someone else');
  }
  const version = input.expectedVersion + 1;
  const row = { server_id: input.serverId, data: input.data, version, saved_at: context.at };
  yield* run(replaceJournal(row));
  return version;
}

/** @see CaJournalStore.prune */
export function* pruneCaJournals(input: { before: number }): Steps<number> {
  return yield* changedRows(deleteOld(input));
}
