import { StoreError } from '@signet/core';
import { parseLedgerRecord } from '../ledger-record-text.ts';
import type { JournalPart, LedgerRecord } from '../ledger-store.ts';
import { ledgerKinds, type LedgerSubject, type NewLedgerRow } from './ledger-rows.ts';
import { prepare } from './statement.ts';
import { allRows, changedRows, firstRow, insertedRow, run, type Steps } from './steps.ts';

const findSubject = prepare<LedgerSubject, { subject_row: number }>((db, value) =>
  db
    .selectFrom('ledger_subjects')
    .select('subject_row')
    .where('spiffe_id', '=', value('spiffe_id'))
    .where('entry_id', '=', value('entry_id'))
    .where('agent_id', '=', value('agent_id'))
    .where('evidence', '=', value('evidence')),
);

const insertSubject = prepare<LedgerSubject>((db, value) =>
  db.insertInto('ledger_subjects').values({
    spiffe_id: value('spiffe_id'),
    entry_id: value('entry_id'),
    agent_id: value('agent_id'),
    evidence: value('evidence'),
  }),
);

const insertLedgerRow = prepare<NewLedgerRow & { subject_row: number }>((db, value) =>
  db.insertInto('ledger').values({
    kind: value('kind'),
    authority_id: value('authority_id'),
    credential: value('credential'),
    subject_row: value('subject_row'),
    task_id: value('task_id'),
    audience: value('audience'),
    issued_at: value('issued_at'),
    expires_at: value('expires_at'),
  }),
);

const selectIndexed = prepare<{ journal: string }, { indexed_bytes: number }>((db, value) =>
  db.selectFrom('ledger_journal').select('indexed_bytes').where('name', '=', value('journal')),
);

const replaceIndexed = prepare<{ journal: string; to: number }>((db, value) =>
  db
    .insertInto('ledger_journal')
    .values({ name: value('journal'), indexed_bytes: value('to') })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ indexed_bytes: value('to') })),
);

const deleteJournal = prepare<{ name: string }>((db, value) =>
  db.deleteFrom('ledger_journal').where('name', '=', value('name')),
);

const deleteExpired = prepare<{ expiredBefore: number; limit: number }, { subject_row: number }>(
  (db, value) =>
    db
      .deleteFrom('ledger')
      .where('position', 'in', (eb) =>
        eb
          .selectFrom('ledger')
          .select('position')
          .where('expires_at', '<', value('expiredBefore'))
          .orderBy('expires_at')
          .limit(value('limit')),
      )
      .returning('subject_row'),
);

const deleteUnusedSubject = prepare<{ subject_row: number }>((db, value) =>
  db
    .deleteFrom('ledger_subjects')
    .where('subject_row', '=', value('subject_row'))
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('ledger').select('position').where('subject_row', '=', value('subject_row'))),
      ),
    ),
);

/** @see LedgerStore.append */
export function* appendToLedger(input: JournalPart): Steps<void> {
  const { journal, from, to } = input;
  const { indexed_bytes: indexed = from } = (yield* firstRow(selectIndexed({ journal }))) ?? {};
  if (indexed >= to) return;
  if (indexed !== from) throw new StoreError('ERR_ABORTED', 'the part is not the next one of its journal');
  const known = new Map<string, number>();
  for (const text of input.records) {
    const row = rowOf(parseLedgerRecord(text));
    const subject_row = yield* subjectRow(row, known);
    yield* run(insertLedgerRow({ ...row, subject_row }));
  }
  yield* run(replaceIndexed({ journal, to }));
}

function rowOf(record: LedgerRecord): NewLedgerRow {
  return {
    kind: ledgerKinds[record.kind],
    authority_id: record.authorityId,
    credential: record.credential,
    spiffe_id: record.spiffeId,
    entry_id: record.entryId,
    agent_id: record.agentId,
    task_id: record.taskId,
    evidence: JSON.stringify(record.evidence),
    audience: JSON.stringify(record.audience),
    issued_at: record.issuedAt,
    expires_at: record.expiresAt,
  };
}

function* subjectRow(subject: LedgerSubject, known: Map<string, number>): Steps<number> {
  const key = `${subject.spiffe_id}\n${subject.entry_id}\n${subject.agent_id}\n${subject.evidence}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const stored = (yield* firstRow(findSubject(subject)))?.subject_row;
  const row = stored ?? (yield* insertedRow(insertSubject(subject)));
  known.set(key, row);
  return row;
}

/** @see LedgerStore.forgetJournal */
export function* forgetLedgerJournal(input: { name: string }): Steps<void> {
  yield* run(deleteJournal(input));
}

/** Deletes up to `limit` rows that expired before the time, and subjects that nothing is left of; how many rows. */
export function* pruneLedger(input: { expiredBefore: number; limit: number }): Steps<number> {
  const gone = yield* allRows(deleteExpired(input));
  for (const subject_row of new Set(gone.map((row) => row.subject_row)))
    yield* changedRows(deleteUnusedSubject({ subject_row }));
  return gone.length;
}
