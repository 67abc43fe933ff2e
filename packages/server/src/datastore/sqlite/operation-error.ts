import { SignetError } from '@signet/core';
import type { RefusalRecord } from '../sql/refusal.ts';

/** An error as it crosses threads; `cause` is for the log only. */
export interface OperationErrorRecord extends RefusalRecord {
  readonly cause?: string;
}

/** What to tell the caller about whatever went wrong; SQL and paths stay in the cause. */
export function operationError(error: unknown): OperationErrorRecord {
  if (error instanceof SignetError) return { code: error.code, message: error.message };
  const cause = String(error);
  const code = sqliteCode(error);
  if (code === undefined) return { code: 'ERR_INTERNAL', message: 'datastore operation failed', cause };
  return { ...sqliteRefusal(code), cause: `${code} ${cause}` };
}

/** The result code of an error that SQLite reported. */
export function sqliteCode(error: unknown): string | undefined {
  // By its code, not its class: the add-on may have been loaded by more than one realm.
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

function sqliteRefusal(code: string): RefusalRecord {
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return { code: 'ERR_STORE_CORRUPT', message: 'the database is damaged' };
  }
  if (/^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|INTERRUPT|PROTOCOL)/.test(code)) {
    return { code: 'ERR_STORE_UNAVAILABLE', message: 'the database is not available' };
  }
  return { code: 'ERR_INTERNAL', message: 'datastore operation failed' };
}
