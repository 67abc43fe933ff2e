import { SignetError } from '@signet/core';

/** The code of what an action throws; `no error` when it throws nothing. */
export function errorCode(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return codeOf(error);
  }
  return 'no error';
}

/** The code of what a promise is rejected with; `no error` when it is fulfilled. */
export async function rejectionCode(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return codeOf(error);
  }
  return 'no error';
}

function codeOf(error: unknown): string {
  return error instanceof SignetError ? error.code : `not ours: ${String(error)}`;
}
