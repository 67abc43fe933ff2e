import { SignetError } from '@signet/core';
import { type AuditValue } from '../audit/audit-event.ts';
import { type AuthorizedCall } from './call.ts';
import { OK, type RpcStatus, statusFor } from './status.ts';

/** Items of one batch: as many as the largest message holds of small ones, less what only wants to keep us busy. */
export const MAX_BATCH_ITEMS = 10_000;

/** @throws {SignetError} `ERR_INVALID_ARGUMENT` the batch is longer than {@link MAX_BATCH_ITEMS}. */
export function requireBatch(items: readonly unknown[]): void {
  if (items.length <= MAX_BATCH_ITEMS) return;
  const text = `batch has ${items.length} items, at most ${MAX_BATCH_ITEMS} are allowed`;
  throw new SignetError('ERR_INVALID_ARGUMENT', text);
}

/** A value that was read from a batch item, or why it could not be. */
export type Reading<T> = { readonly value: T } | { readonly error: SignetError };

/** Reads one item of a batch; a fault of the item is a value, so that the other items go on. */
export function readItem<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof SignetError) return { error };
    throw error;
  }
}

/**
 * Runs the readable items through `work` together and puts the results back in request order.
 *
 * @param work - one result per value, in order.
 */
export async function throughBatch<T, Result>(
  readings: readonly Reading<T>[],
  work: (values: readonly T[]) => Promise<readonly Result[]>,
): Promise<readonly (Result | { readonly error: SignetError })[]> {
  const results = (
    await work(readings.flatMap((reading) => ('value' in reading ? [reading.value] : [])))
  ).values();
  return readings.map((reading) => {
    if ('error' in reading) return reading;
    const next = results.next();
    if (next.done === true) throw new TypeError('the batch gave fewer results than it was given values');
    return next.value;
  });
}

/** The status of one batch item, which is always set; the item goes into the audit event of the call. */
export function itemStatus(
  call: AuthorizedCall,
  error: unknown,
  fields: Readonly<Record<string, AuditValue>> = {},
): RpcStatus {
  const outcome = error === undefined ? OK : statusFor(error, call.life.requestId);
  if (error !== undefined && !(error instanceof SignetError))
    call.life.log.error('Batch item failed', { method: call.method, error });
  call.audit.item({ statusCode: outcome.code, statusMessage: outcome.message, fields });
  return outcome;
}
