import { type Caller } from '../authz/caller.ts';

/** A value that an audit event may carry. Never a token, key, CSR or selector value. */
export type AuditValue = string | number | boolean | readonly string[];

/** One item of a batch call. */
export interface AuditItem {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly fields: Readonly<Record<string, AuditValue>>;
}

/** One call, answered or refused. */
export interface AuditEvent {
  /** When the call ended, milliseconds since the epoch. */
  readonly atMs: number;
  readonly requestId: string;
  /** `/package.Service/Method` */
  readonly method: string;
  /** Absent when the call was refused before it was known. */
  readonly caller?: Caller;
  /** As what the caller was let in, and by what right. */
  readonly authorizedAs?: string;
  readonly authorizedVia?: string;
  readonly statusCode: number;
  readonly statusMessage: string;
  /** Our error code, when the call failed: the reason in one word. */
  readonly reason?: string;
  readonly fields: Readonly<Record<string, AuditValue>>;
  /** Outcomes of a batch call, in request order. */
  readonly items: readonly AuditItem[];
}

/** Where audit events go. Recording must not throw and must not wait. */
export interface AuditSink {
  record(event: AuditEvent): void;
}
