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
    `refusing to run with node options ${hostile.join(' ')}, which can run other code or open a debugger: unset NODE_OPTIONS, or start without them`,
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

/** Nobody has to act on this: what this process makes is closed to others, whatever the umask was. */
function raiseUmask(): number {
  const wanted = process.umask(MIN_UMASK) | MIN_UMASK;
  process.umask(wanted);
  return wanted;
}

// NODE_EXTRA_CA_CERTS is not among them: no SPIFFE peer is verified by it, and many machines have it set for all.
const ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['LD_PRELOAD', 'other code runs in this process'],
  ['LD_LIBRARY_PATH', 'other libraries may be loaded into this process'],
  ['NODE_PATH', 'other modules may be loaded into this process'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', 'certificates of https servers may not be verified'],
]);

function environmentWarnings(): readonly string[] {
  return [...ENVIRONMENT]
    .filter(([name]) => (process.env[name] ?? '') !== '')
    .map(([name, effect]) => `Environment variable ${name} is set: ${effect}; unset it`);
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
  refuseHostileOptions();
  closeInspectorDoor();
  makeUndumpable();
  if (isDumpable()) throw new ProcessError('ERR_PROCESS_SYSTEM_CALL', 'the process stays dumpable');
  forbidCoreFiles();
  process.report.reportOnFatalError = false;
  process.report.reportOnSignal = false;
  process.report.reportOnUncaughtException = false;
  const umask = raiseUmask();
  process.title = title;
  const sigusr1Off = process.execArgv.includes('--disable-sigusr1');
  return {
    warnings: environmentWarnings(),
    notes: {
      umask: umask.toString(8).padStart(4, '0'),
      dumpable: false,
      inspector_by_signal: sigusr1Off ? 'disabled' : 'blocked',
    },
  };
}
