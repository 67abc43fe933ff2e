import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import { ProcessError } from '@signet/core';
import { systemReason } from './system-reason.ts';

/** Accepted state of a directory of ours. */
export interface PrivateDirectoryOptions {
  /** mode when it has to be made; default 0700. */
  readonly mode?: number;
}

const OTHERS_WRITE = 0o022;

function refuse(path: string, reason: string): ProcessError {
  return new ProcessError('ERR_PROCESS_DIRECTORY', `directory ${path} ${reason}`);
}

function makeDirectory(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode });
  } catch (cause) {
    const code = 'ERR_PROCESS_DIRECTORY';
    throw new ProcessError(code, `cannot make directory ${path}: ${systemReason(cause)}`, { cause });
  }
}

function checkOwner(path: string, { uid }: Stats): void {
  const own = process.geteuid?.();
  if (uid !== own && uid !== 0)
    throw refuse(path, `belongs to user ${uid}, and this program runs as ${own ?? 'nobody'}`);
}

/**
 * Makes a directory, and its parents, that only our user can write to; checks it when it exists.
 *
 * @throws {ProcessError} `ERR_PROCESS_DIRECTORY` when it cannot be made, is a symbolic link, no directory, foreign, or
 *   others can write to it.
 */
export function ensurePrivateDirectory(path: string, { mode = 0o700 }: PrivateDirectoryOptions = {}): void {
  makeDirectory(path, mode);
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) throw refuse(path, 'is a symbolic link');
  if (!stats.isDirectory()) throw refuse(path, 'is not a directory');
  checkOwner(path, stats);
  if ((stats.mode & OTHERS_WRITE) !== 0)
    throw refuse(path, `can be written to by other users: chmod go-w ${path}`);
}
