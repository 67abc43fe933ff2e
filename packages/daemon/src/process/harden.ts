import inspector from 'node:inspector';
import { ProcessError } from '@signet/core';
import { forbidCoreFiles, isDumpable, makeUndumpable } from '../platform/libc.ts';
import { hostileOptions } from './node-options.ts';

/** What hardening found; to be logged as soon as there is a logger. */
export interface HardenReport {
  /** what a person should know. */
  readonly warnings: readonly string[];
  /** the state it left, as log fields. */
  readonly notes: Readonly<Record<string, string | number | boolean>>;
}

/** How the process is hardened. */
export interface HardenOptions {
  /** what `ps` shows: a constant, since everyone can read it. */
  readonly title: string;
}

const MIN_UMASK = 0o027;
const INSPECTOR_CHECK_MS = 1000;

function refuseHostileOptions(): void {
  const fromEnvironment = hostileOptions((process.env['NODE_OPTIONS'] ?? '').split(/\s+/));
  const hostile = [...fromEnvironment, ...hostileOptions(process.execArgv)];
  if (hostile.length === 0) return;
  throw new ProcessError(
    'ERR_PROCESS_NODE_OPTIONS',
    `refusing to run with node options ${hostile.join(' ')}`,
  );
}

function refuseInspector(): void {
  if (inspector.url() === undefined) return;
  throw new ProcessError('ERR_PROCESS_INSPECTOR', 'refusing to run with an open inspector');
}

/**
 * Node opens the inspector on SIGUSR1 unless somebody listens. A signal that came before this line shows a moment
 * later.
 */
function closeInspectorDoor(): void {
  process.on('SIGUSR1', () => undefined);
  refuseInspector();
  setTimeout(refuseInspector, INSPECTOR_CHECK_MS).unref();
}

function raiseUmask(warnings: string[]): number {
  const before = process.umask(MIN_UMASK);
  const wanted = before | MIN_UMASK;
  process.umask(wanted);
  if (wanted !== before) warnings.push(`umask was ${before.toString(8)}, raised to ${wanted.toString(8)}`);
  return wanted;
}

function warnOfEnvironment(warnings: string[]): void {
  for (const name of [
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'NODE_PATH',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
  ]) {
    if (process.env[name] !== undefined && process.env[name] !== '')
      warnings.push(`environment variable ${name} is set`);
  }
}

/**
 * Makes the process safe to hold keys: the first thing a program does.
 *
 * Refuses node options that run foreign code or open a debugger; keeps SIGUSR1 from opening one; closes memory and
 * environment to other processes of the same user; no core files, no reports; umask at least 0027.
 *
 * @throws {ProcessError} `ERR_PROCESS_NODE_OPTIONS`, `ERR_PROCESS_INSPECTOR`, `ERR_PROCESS_SYSTEM_CALL`: do not go on.
 */
export function harden({ title }: HardenOptions): HardenReport {
  const warnings: string[] = [];
  refuseHostileOptions();
  closeInspectorDoor();
  makeUndumpable();
  if (isDumpable()) throw new ProcessError('ERR_PROCESS_SYSTEM_CALL', 'the process stays dumpable');
  forbidCoreFiles();
  process.report.reportOnFatalError = false;
  process.report.reportOnSignal = false;
  process.report.reportOnUncaughtException = false;
  const umask = raiseUmask(warnings);
  warnOfEnvironment(warnings);
  process.title = title;
  const sigusr1Off = process.execArgv.includes('--disable-sigusr1');
  return {
    warnings,
    notes: {
      umask: umask.toString(8).padStart(4, '0'),
      dumpable: false,
      inspector_by_signal: sigusr1Off ? 'disabled' : 'blocked',
    },
  };
}
