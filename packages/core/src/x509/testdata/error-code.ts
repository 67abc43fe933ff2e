import { SignetError } from '../../errors.ts';

/** The code of the error that a call throws; nothing when it throws none. An error without a code is passed on. */
export function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof SignetError) return error.code;
    throw error;
  }
}
