import type { BigIntStats } from 'node:fs';
import { stat, statfs, type FileHandle } from 'node:fs/promises';
import { AttestationError } from '@signet/core';
import type { WorkloadProcess } from '../../kinds/workload-attestor.ts';

const DELETED = ' (deleted)';
const FUSE_MAGIC = 0x65735546;

/** The program that a process runs: its file, opened once, and what the kernel says of it. */
export interface Executable {
  /** the running file itself, whatever its path holds now; whoever gets the Executable closes it. */
  readonly file: FileHandle;
  readonly stats: BigIntStats;
  /** where the file is; undefined when it is not there as this agent sees it. */
  readonly path: string | undefined;
}

/**
 * Opens the program that the process runs.
 *
 * The path is told only when the agent finds the same file there: a deleted or replaced file has none, and neither
 * has one that only the process sees there, because it mounted something over the place in a namespace of its own.
 *
 * @throws {AttestationError} `ERR_ATTESTATION_FAILED` when it cannot be opened or is no regular file; what the process's
 *   own readers throw.
 */
export async function openExecutable(workload: WorkloadProcess): Promise<Executable> {
  const file = await workload.openExe().catch((cause: unknown) => {
    if (cause instanceof AttestationError) throw cause;
    throw new AttestationError('ERR_ATTESTATION_FAILED', 'executable cannot be opened', { cause });
  });
  try {
    const stats = await file.stat({ bigint: true });
    if (!stats.isFile())
      throw new AttestationError('ERR_ATTESTATION_FAILED', 'executable is not a regular file');
    const link = await workload.exePath();
    return { file, stats, path: (await isThere(link, stats)) ? link : undefined };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function isThere(path: string, running: BigIntStats): Promise<boolean> {
  if (!path.startsWith('/') || path.endsWith(DELETED)) return false;
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.dev === running.dev && found.ino === running.ino;
}

/** Whether the file's content is served by a user's program, which may show each reader something else. */
export async function isServedByUser(file: FileHandle): Promise<boolean> {
  return (await statfs(`/proc/self/fd/${file.fd}`)).type === FUSE_MAGIC;
}
