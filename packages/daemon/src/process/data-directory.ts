import { ProcessError } from '@signet/core';
import { lockDirectory, type DirectoryLock } from './directory-lock.ts';
import { ensurePrivateDirectory } from './private-directory.ts';

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['ERR_PROCESS_DATA_DIR_LOCKED', 'stop that process, or set another data_dir'],
  ['ERR_PROCESS_DIRECTORY', 'mend that, or set another data_dir'],
]);

/**
 * Makes the data directory when it is missing, checks that nobody else can write to it, and takes it for this process.
 *
 * @throws {ProcessError} `ERR_PROCESS_DIRECTORY`, `ERR_PROCESS_DATA_DIR_LOCKED`, with what to do.
 */
export function openDataDirectory(path: string): DirectoryLock {
  try {
    ensurePrivateDirectory(path);
    return lockDirectory(path);
  } catch (cause) {
    const advice = cause instanceof ProcessError ? ADVICE.get(cause.code) : undefined;
    if (!(cause instanceof ProcessError) || advice === undefined) throw cause;
    throw new ProcessError(cause.code, `data_dir: ${cause.message}; ${advice}`, { cause });
  }
}
