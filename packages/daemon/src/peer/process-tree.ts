import { readdirSync, readFileSync } from 'node:fs';
import { reapChild, sendSignal } from '../platform/libc.ts';
import { PidFd } from './pid-fd.ts';

/** A process that is held, so that its pid cannot come to mean another one. */
export interface HeldProcess {
  readonly pid: number;
  readonly pidfd: PidFd;
}

const PARENT_FIELD = 4;
const STATE_FIELD = 3;
const NUMBER = /^[0-9]+$/;
/** More than any tree of processes has levels. */
const MAX_LEVELS = 128;
const TRIES = 8;

/** @returns undefined when the process is gone, or is not shown to us. */
function readStat(pid: number): { readonly parent: number; readonly isZombie: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ', PARENT_FIELD - STATE_FIELD + 1);
    return { parent: Number(fields[PARENT_FIELD - STATE_FIELD]), isZombie: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}

function holdParent(child: HeldProcess): HeldProcess | undefined {
  const pid = readStat(child.pid)?.parent ?? 0;
  if (pid <= 1) return undefined;
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

/**
 * Whether a process is below another one: its child, or a child's child. Both have to live.
 *
 * Parents are followed upwards, each one held while the next is looked up. One that ends on the way gives its children to
 * another; then it is tried again.
 */
export function descendsFrom(process: HeldProcess, root: HeldProcess): boolean {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = climb(process, root);
    if (found !== undefined) return found;
  }
  return false;
}

/** @returns undefined when a process on the way ended. */
function climb(process: HeldProcess, root: HeldProcess): boolean | undefined {
  let at = process;
  try {
    for (let level = 0; level < MAX_LEVELS; level++) {
      const parent = readStat(at.pid)?.parent;
      if (!process.pidfd.isAlive() || !root.pidfd.isAlive()) return false;
      if (!at.pidfd.isAlive()) return undefined;
      if (parent === root.pid) return true;
      if (parent === undefined || parent <= 1) return false;
      const next = holdParent(at);
      if (next === undefined) return undefined;
      if (at !== process) at.pidfd.close();
      at = next;
    }
    return false;
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
