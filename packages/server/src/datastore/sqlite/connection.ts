import Database from 'better-sqlite3';
import type { Statement } from '../sql/statement.ts';
import type { StatementResult, Steps } from '../sql/steps.ts';
import { applySettings } from './settings.ts';

/** Statements with changing text (filters) could fill the memory; the fixed ones are about sixty. */
const MAX_CACHED_STATEMENTS = 256;
/** A longer one is a filter with many values, and not likely to come again. */
const MAX_CACHED_CHARACTERS = 4096;

/** An open SQLite database, used by one thread. */
export class SqliteConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Opens an existing database. @throws {StoreError} `ERR_STORE_NOT_DURABLE` */
  static open(path: string, options: { readonly readonly: boolean }): SqliteConnection {
    const database = new Database(path, { readonly: options.readonly, fileMustExist: true });
    try {
      applySettings(database);
      return new SqliteConnection(database);
    } catch (cause) {
      database.close();
      throw cause;
    }
  }

  /** Whether a transaction is under way; SQLite ends one by itself after some I/O errors. */
  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Runs an operation to its end, in whatever transaction there is. */
  runSteps<Output>(steps: Steps<Output>): Output {
    let step = steps.next();
    while (step.done !== true) step = steps.next(this.execute(step.value));
    return step.value;
  }

  /** Runs one statement. */
  execute(statement: Statement<unknown>): StatementResult {
    const prepared = this.#prepare(statement.sql);
    if (prepared.reader) return { rows: prepared.all(statement.parameters), changed: 0, insertedRow: 0 };
    const { changes, lastInsertRowid } = prepared.run(statement.parameters);
    return { rows: [], changed: changes, insertedRow: Number(lastInsertRowid) };
  }

  /** Runs a statement without values and without rows, e.g. `COMMIT`. */
  command(sql: string): void {
    this.#prepare(sql).run();
  }

  /** Runs several statements given as text, e.g. a schema. */
  script(sql: string): void {
    this.#database.exec(sql);
  }

  /** The value of a pragma. */
  pragma(source: string): unknown {
    return this.#database.pragma(source, { simple: true });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    if (sql.length > MAX_CACHED_CHARACTERS) return prepared;
    const oldest =
      this.#statements.size >= MAX_CACHED_STATEMENTS ? this.#statements.keys().next().value : undefined;
    if (oldest !== undefined) this.#statements.delete(oldest);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
