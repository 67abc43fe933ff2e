import type { ChangeRecord } from '../sql/change-record.ts';
import type { DatabaseIdentity } from '../sql/meta-operations.ts';
import type { OperationName } from '../sql/operations.ts';
import type { OperationErrorRecord } from './operation-error.ts';

/** What a database worker is started with. */
export interface WorkerStart {
  readonly role: 'writer' | 'reader';
  readonly path: string;
}

/** One operation to run. */
export interface OperationRequest {
  readonly id: number;
  readonly name: OperationName;
  readonly input: unknown;
  /** When it was asked for, Unix seconds. */
  readonly at: number;
}

/** To the worker. */
export type WorkerRequest = OperationRequest | 'close';

/** What became of one operation. */
export type OperationReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: OperationErrorRecord };

/** From the worker: first `ready` or `failed`, then a batch of replies at a time. */
export type WorkerReply =
  | { readonly kind: 'ready'; readonly identity: DatabaseIdentity | undefined }
  | { readonly kind: 'failed'; readonly error: OperationErrorRecord }
  | {
      readonly kind: 'batch';
      readonly replies: readonly OperationReply[];
      /** What was committed, in order; rows here and in the replies are the same objects. */
      readonly changes: readonly ChangeRecord[];
    };
