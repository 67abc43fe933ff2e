import type { Compilable, Kysely } from 'kysely';
import { queryBuilder } from './query-builder.ts';
import type { Schema } from './schema.ts';

/** One SQL statement with its values, ready for an engine. */
export interface Statement<Row> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Never set; carries the row's type. */
  readonly row?: Row;
}

/** Makes the statement for one set of values. */
export type PreparedStatement<Input, Row> = (input: Input) => Statement<Row>;

/** Stands for the value of the input's field of that name. */
export type Placeholders<Input> = <Field extends keyof Input & string>(field: Field) => Input[Field];

class Placeholder {
  readonly field: string;
  constructor(field: string) {
    this.field = field;
  }
}

/**
 * A statement whose text never changes: Kysely builds it once, each use only fills in the values.
 *
 * Building costs tens of microseconds, filling in less than one, and one text means one prepared statement.
 */
export function prepare<Input, Row = never>(
  build: (db: Kysely<Schema>, value: Placeholders<Input>) => Compilable<Row>,
): PreparedStatement<Input, Row> {
  const value = ((field: string) => new Placeholder(field)) as unknown as Placeholders<Input>;
  const { sql, parameters } = build(queryBuilder, value).compile();
  return (input) => ({
    sql,
    parameters: parameters.map((parameter) =>
      parameter instanceof Placeholder ? input[parameter.field as keyof Input] : parameter,
    ),
  });
}

/** A statement that is its own text, such as those about savepoints. */
export function command(sql: string): Statement<never> {
  return { sql, parameters: [] };
}

/** A statement whose text depends on what is asked for. */
export function compile<Row>(query: Compilable<Row>): Statement<Row> {
  const { sql, parameters } = query.compile();
  return { sql, parameters };
}
