import { getSystemErrorMessage } from 'node:util';

/** Why the system did not give a file, in words: `no such file or directory`. */
export function fileReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return errno === undefined ? message : getSystemErrorMessage(errno);
}
