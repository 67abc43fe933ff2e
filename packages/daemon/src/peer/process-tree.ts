import { readdirSync, readFileSync } from 'node:fs';
import { reapChild, sendSignal } from '../platform/libc.ts';
import { PidFd } from './pid-fd.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** A process that is held, so that its pid cannot come to mean another one. */
export interface HeldProcess {
  readonly pid: number;
  readonly pidfd: PidFd;
}

const STATE_FIELD = 3;
const PARENT_FIELD = 4;
const START_TIME_FIELD = 22;
const NUMBER = /^[0-9]+$/;
/** More than trees of processes have levels. */
const MAX_LEVELS = 64;
const TRIES = 8;

interface Stat {
  readonly parent: number;
  readonly isZombie: boolean;
  readonly startTime: bigint;
}

/** @returns undefined when the process is gone, or is not shown to us. */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ', START_TIME_FIELD - STATE_FIELD + 1);
    return {
      parent: Number(fields[PARENT_FIELD - STATE_FIELD]),
      isZombie: fields[0] === 'Z',
      startTime: BigInt(fields[START_TIME_FIELD - STATE_FIELD] ?? ''),
    };
  } catch {
    return undefined;
  }
}

function holdParent(child: HeldProcess, pid: number): HeldProcess | undefined {
  const parent = hold(pid);
  if (parent === undefined) return undefined;
  // A process that has the same parent as before has had it all the time: only the end of a parent changes it.
  if (readStat(child.pid)?.parent === pid && child.pidfd.isAlive()) return parent;
  parent.pidfd.close();
  return undefined;
}

function hold(pid: number): HeldProcess | undefined {
  try {
    return { pid, pidfd: PidFd.open(pid) };
  } catch {
    return undefined;
  }
}

/** What tells a process from all others, those before and after it with the same pid as well. */
export function processKey({ pid, startTime }: Pick<ProcessIdentity, 'pid' | 'startTime'>): string {
  return `${pid}@${startTime}`;
}

/**
 * The keys of all processes that a living one is below: its parent, the parent's parent. Of very many the nearest.
 *
 * Parents are followed upwards, each one held while the next is looked up. One that ends on the way gives its children to
 * another; then it is tried again.
 *
 * @returns undefined when it could not be told.
 */
export function ancestorsOf(process: HeldProcess): ReadonlySet<string> | undefined {
  for (let attempt = 0; attempt < TRIES && process.pidfd.isAlive(); attempt++) {
    const found = climb(process);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @returns undefined when a process on the way ended. */
function climb(process: HeldProcess): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  let at = process;
  try {
    for (let level = 0; level <= MAX_LEVELS; level++) {
      const stat = readStat(at.pid);
      if (stat === undefined || !at.pidfd.isAlive()) return undefined;
      if (at !== process) keys.add(processKey({ pid: at.pid, startTime: stat.startTime }));
      if (stat.parent <= 1) return keys;
      const next = holdParent(at, stat.parent);
      if (next === undefined) return undefined;
      if (at !== process) at.pidfd.close();
      at = next;
    }
    return keys;
  } finally {
    if (at !== process) at.pidfd.close();
  }
}

/** The children of all processes, as one look at /proc shows them; those that have ended are left out. */
export function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!NUMBER.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat === undefined || stat.isZombie) continue;
    const siblings = children.get(stat.parent) ?? [];
    siblings.push(Number(name));
    children.set(stat.parent, siblings);
  }
  return children;
}

/** Holds one of these processes that lives and is a child of that parent. The caller closes the pidfd. */
export function holdChild(pids: readonly number[], parent: number): PidFd | undefined {
  for (const pid of pids) {
    const child = hold(pid);
    if (child === undefined) continue;
    if (child.pidfd.isAlive() && readStat(pid)?.parent === parent && child.pidfd.isAlive())
      return child.pidfd;
    child.pidfd.close();
  }
  return undefined;
}

/** Sends a signal to every process below a living one. @returns how many got it. */
export function signalDescendants(rootPid: number, signal: number): number {
  const children = childrenByParent();
  let count = 0;
  const visit = (parent: number): void => {
    for (const pid of children.get(parent) ?? []) {
      const process = hold(pid);
      if (process === undefined) continue;
      // Another process may have got the pid since; whose child it is tells. Children first, while they are still its own.
      const isChild = readStat(pid)?.parent === parent;
      if (isChild) visit(pid);
      if (isChild && sendSignal(process.pidfd.fd, signal)) count++;
      process.pidfd.close();
    }
  };
  visit(rootPid);
  return count;
}

/**
 * Lets go of children that have ended and that nobody else waits for: those that came to this process when their parent
 * ended.
 *
 * @param spare - a child that Node itself waits for.
 * @returns how many children live, that one included.
 */
export function reapOrphans(spare: number | undefined): number {
  let living = 0;
  for (const name of readdirSync('/proc')) {
    if (!NUMBER.test(name)) continue;
    const pid = Number(name);
    const stat = readStat(pid);
    if (stat?.parent !== process.pid) continue;
    if (!stat.isZombie) living++;
    else if (pid !== spare) reapChild(pid);
  }
  return living;
}
