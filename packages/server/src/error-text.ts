import { SignetError } from '@signet/core';

/**
 * An error with what was being done in front of its text; code and cause stay.
 *
 * As in SPIRE, "not found" says only what was not found: its inner text is never shown. An error without a code of
 * ours is returned as it is, so that nothing of it gets outside.
 */
export function withPrefix(prefix: string, error: unknown): unknown {
  if (!(error instanceof SignetError)) return error;
  const message = error.code === 'ERR_NOT_FOUND' ? prefix : `${prefix}: ${error.message}`;
  return new SignetError(error.code, message, { cause: error, details: error.details });
}

/** What `work` resolves to; its errors get the prefix. */
export async function prefixingErrors<T>(prefix: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw withPrefix(prefix, error);
  }
}

/** What `read` returns; its errors become INVALID_ARGUMENT with the prefix, as faults of the request. */
export function readingArgument<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    throw new SignetError('ERR_INVALID_ARGUMENT', `${prefix}: ${error.message}`, { cause: error });
  }
}
