import { readFileSync } from 'node:fs';
import { ProcessError } from '@signet/core';
import { type FileVersion, knownFileVersion } from '../platform/libc.ts';
import type { PidFd } from './pid-fd.ts';
import type { ProcessFiles } from './process-files.ts';

/** What a program file is: a replaced or rewritten file differs. */
export type ExecutableIdentity = FileVersion;

/** What tells one running program from another: a pid can be reused, and exec keeps the pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** field 22 of /proc/PID/stat: clock ticks since boot. */
  readonly startTime: bigint;
  /**
   * field 28: where exec put the stack. Chosen at random by each exec, so it tells even an exec of the same file;
   * 0 when the kernel does not let us see it.
   */
  readonly stackStart: bigint;
  /** undefined when the kernel does not let us see another user's program: then no attestor can see it either. */
  readonly executable: ExecutableIdentity | undefined;
}

const START_TIME_FIELD = 22;
const STACK_START_FIELD = 28;
// The fields after the command name; the third field is the first of them.
const FIRST_FIELD_AFTER_NAME = 3;

function refuse(message: string, cause?: unknown): ProcessError {
  return new ProcessError('ERR_PEER_CREDENTIALS', message, { cause });
}

/** What we read of /proc/PID/stat. */
export type ProcessStat = Pick<ProcessIdentity, 'startTime' | 'stackStart'>;

function fieldOf(fields: readonly string[], number: number): bigint {
  const text = fields[number - FIRST_FIELD_AFTER_NAME];
  if (text === undefined || !/^[0-9]{1,20}$/.test(text)) throw refuse('unreadable /proc/PID/stat');
  return BigInt(text);
}

/**
 * Reads the text of /proc/PID/stat.
 *
 * The command name is in parentheses and may itself hold spaces and parentheses; only the last `)` ends it.
 *
 * @throws {ProcessError} `ERR_PEER_CREDENTIALS`
 */
export function parseProcessStat(text: string): ProcessStat {
  const afterName = text.slice(text.lastIndexOf(')') + 1).trimStart();
  const fields = afterName.split(' ', STACK_START_FIELD - FIRST_FIELD_AFTER_NAME + 1);
  return { startTime: fieldOf(fields, START_TIME_FIELD), stackStart: fieldOf(fields, STACK_START_FIELD) };
}

/** @throws {ProcessError} `ERR_PEER_CREDENTIALS` when the process is gone. */
export function readProcessStat(pid: number, files?: Pick<ProcessFiles, 'stat'>): ProcessStat {
  try {
    return parseProcessStat(files?.stat() ?? readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch (error) {
    throw error instanceof ProcessError ? error : refuse('the process is gone', error);
  }
}

function executableIdentity(pid: number): ExecutableIdentity | undefined {
  try {
    // Follows the kernel's link to the file itself, also when it was deleted or renamed.
    return knownFileVersion(`/proc/${pid}/exe`);
  } catch (error) {
    throw refuse('the executable of the process cannot be read', error);
  }
}

/**
 * Which program a process runs at this moment.
 *
 * @param files - of that process, for who looks again and again.
 * @throws {ProcessError} `ERR_PEER_CREDENTIALS` when the process is gone, is a zombie, or /proc is closed to us.
 */
export function readProcessIdentity(pid: number, files?: Pick<ProcessFiles, 'stat'>): ProcessIdentity {
  const { startTime, stackStart } = readProcessStat(pid, files);
  return { pid, startTime, stackStart, executable: executableIdentity(pid) };
}

/** How two looks at one pid differ; undefined when it is the same program. */
export function compareProcesses(before: ProcessIdentity, now: ProcessIdentity): string | undefined {
  if (before.pid !== now.pid || before.startTime !== now.startTime) return 'the process id was reused';
  const same = sameExecutable(before.executable, now.executable) && before.stackStart === now.stackStart;
  return same ? undefined : 'the process runs another program now';
}

function sameExecutable(
  before: ExecutableIdentity | undefined,
  now: ExecutableIdentity | undefined,
): boolean {
  return (
    before?.device === now?.device && before?.inode === now?.inode && before?.changedAtNs === now?.changedAtNs
  );
}

/**
 * Looks again at a process that was identified before.
 *
 * @returns undefined when it lives and runs the same program; else the reason, for a log.
 */
export function processChange(
  before: ProcessIdentity,
  pidfd: PidFd,
  files?: Pick<ProcessFiles, 'stat'>,
): string | undefined {
  try {
    const change = compareProcesses(before, readProcessIdentity(before.pid, files));
    // Last, so that what was read belongs to the process that the handle stands for.
    return pidfd.isAlive() ? change : 'the process has ended';
  } catch (error) {
    return error instanceof ProcessError ? error.message : 'the process cannot be read';
  }
}
