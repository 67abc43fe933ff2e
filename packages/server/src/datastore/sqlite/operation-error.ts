import Database from 'better-sqlite3';
import { SignetError } from '@signet/core';
import type { RefusalRecord } from '../sql/refusal.ts';

/** An error as it crosses threads; `cause` is for the log only. */
export interface OperationErrorRecord extends RefusalRecord {
  readonly cause?: string;
}

/** What to tell the caller about whatever went wrong; SQL and paths stay in the cause. */
export function operationError(error: unknown): OperationErrorRecord {
  if (error instanceof SignetError) return { code: error.code, message: error.message };
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!(error instanceof Database.SqliteError)) {
    return { code: 'ERR_INTERNAL', message: 'datastore operation failed', cause };
  }
  return { ...sqliteRefusal(error.code), cause: `${error.code}: ${error.message}` };
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
