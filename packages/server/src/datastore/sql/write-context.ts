import type { UnixSeconds } from '@signet/core';
import type { ChangeRecord } from './change-record.ts';

/** What a writing operation gets beside its input. */
export interface WriteContext {
  /** When the caller asked. */
  readonly at: UnixSeconds;
  /** Collects what the transaction changed, in order; told to the listeners after the commit. */
  readonly changes: ChangeRecord[];
}
