import type { Statement } from './statement.ts';

/** What an engine answers to one statement. */
export interface StatementResult {
  readonly rows: readonly unknown[];
  /** Rows inserted, updated or deleted. */
  readonly changed: number;
  /** Row ID of the last insert. */
  readonly insertedRow: number;
}

/**
 * A store operation, written as the statements it yields and what it makes of their results.
 *
 * The same operation runs synchronously on SQLite in a worker thread, inside a group commit, and can run
 * asynchronously on a server database: whoever drives it decides. It runs in one transaction; what it throws
 * undoes it as a whole.
 */
export type Steps<Output> = Generator<Statement<unknown>, Output, StatementResult>;

/** All rows of a statement. */
export function* allRows<Row>(statement: Statement<Row>): Steps<readonly Row[]> {
  const result = yield statement;
  return result.rows as readonly Row[];
}

/** The first row of a statement. */
export function* firstRow<Row>(statement: Statement<Row>): Steps<Row | undefined> {
  const result = yield statement;
  return result.rows[0] as Row | undefined;
}

/** How many rows a statement inserted, updated or deleted. */
export function* changedRows(statement: Statement<unknown>): Steps<number> {
  return (yield statement).changed;
}

/** The row ID of what a statement inserted. */
export function* insertedRow(statement: Statement<unknown>): Steps<number> {
  return (yield statement).insertedRow;
}

/** Runs a statement for its effect. */
export function* run(statement: Statement<unknown>): Steps<void> {
  yield statement;
}
