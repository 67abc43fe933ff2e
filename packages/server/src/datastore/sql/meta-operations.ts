import type { MetaTable } from './schema.ts';
import { prepare } from './statement.ts';
import { firstRow, run, type Steps } from './steps.ts';
import { StoreError } from '@signet/core';

const selectMeta = prepare<{ name: MetaTable['name'] }, { value: string }>((db, value) =>
  db.selectFrom('meta').select('value').where('name', '=', value('name')),
);

const replaceMeta = prepare<MetaTable>((db, value) =>
  db
    .insertInto('meta')
    .values({ name: value('name'), value: value('value') })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: value('value') })),
);

/** A fact about the database. @throws {StoreError} `ERR_STORE_CORRUPT` it is missing. */
export function* readMeta(name: MetaTable['name']): Steps<string> {
  const row = yield* firstRow(selectMeta({ name }));
  if (row === undefined) throw new StoreError('ERR_STORE_CORRUPT', `the database lacks its ${name}`);
  return row.value;
}

/** Who the database is. */
export interface DatabaseIdentity {
  readonly id: string;
  readonly epoch: number;
}

/** Counts one more opening of the database. */
export function* countOpening(): Steps<DatabaseIdentity> {
  const id = yield* readMeta('id');
  const epoch = Number(yield* readMeta('epoch')) + 1;
  yield* run(replaceMeta({ name: 'epoch', value: String(epoch) }));
  return { id, epoch };
}
