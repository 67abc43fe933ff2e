import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AgentError, ProcessError, SignetError } from '@signet/core';
import { lockDirectory } from '@signet/daemon';
import type { HeldTask } from '../tasks/held-task.ts';
import { enterTask } from './task-door.ts';
import { treeDesk, type TreeDeskDeps } from './task-desk.ts';
import { serveSocket, type SocketDeps, type WorkloadSocket } from './workload-socket.ts';

/** What opening the sockets of tasks needs. */
export interface TaskEndpointDeps extends Omit<TreeDeskDeps & SocketDeps, 'peers'> {
  /** of the Workload API: the sockets of tasks are in a folder beside it. */
  readonly path: string;
}

const FOLDER = 'tasks';
const NAME_BYTES = 8;
const LEFT_BEHIND = /^\.?(?<socket>[0-9a-f]{16}\.sock)(?:\.lock)?$/;
/** Whoever was not told the name of a socket does not find it. */
const FOLDER_MODE = 0o711;
/** To one of these sockets; more than strangers can take of them. A connection costs a look at the parents of its process. */
const LIMITS = {
  maxConnections: 320,
  maxConnectionsPerPeer: 136,
  connectionsPerSecond: 500,
  connectionBurst: 500,
};

/**
 * Opens the socket that serves one task only, to processes of its tree only; it closes with the task.
 *
 * @returns its address, `unix:///…`.
 * @throws {AgentError} `ERR_FAILED_PRECONDITION` when it cannot be opened.
 */
export async function openTaskEndpoint(task: HeldTask, deps: TaskEndpointDeps): Promise<string> {
  closeFolder(folderOf(deps.path));
  const path = join(folderOf(deps.path), `${randomBytes(NAME_BYTES).toString('hex')}.sock`);
  try {
    const socket = await serveSocket(
      {
        path,
        limits: LIMITS,
        directoryMode: FOLDER_MODE,
        onPeer: (peer) => enterTask(task, peer, deps.tasks),
      },
      (peers) => treeDesk(task, { ...deps, peers }),
      deps,
    );
    const close = (): void => void closeAndRemove(socket, path);
    if (task.ending === undefined) task.onEnd(close);
    else close();
    return `unix://${path}`;
  } catch (cause) {
    const reason = cause instanceof SignetError ? cause.message : 'the system refuses it';
    throw new AgentError('ERR_FAILED_PRECONDITION', `the socket of the task cannot be opened: ${reason}`, {
      cause,
    });
  }
}

/** One that was made with another mode. */
function closeFolder(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  const isOwn = stats?.isDirectory() === true && stats.uid === process.geteuid?.();
  if (isOwn && (stats.mode & 0o777) !== FOLDER_MODE) chmodSync(folder, FOLDER_MODE);
}

async function closeAndRemove(socket: WorkloadSocket, path: string): Promise<void> {
  await socket.close().catch(() => undefined);
  // The name is not used again.
  rmSync(join(dirname(path), lockOf(basename(path))), { force: true });
}

/**
 * Removes the sockets that an agent which was killed has left behind. Those of a living one whose own socket is in the same
 * folder have a lock, and stay. What is no folder of ours, such as a link, is left alone: no task gets a socket there.
 */
export function removeOldTaskSockets(path: string): void {
  const folder = folderOf(path);
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || (stats.uid !== 0 && stats.uid !== process.geteuid?.())) return;
  const left = readdirSync(folder).map((name) => LEFT_BEHIND.exec(name)?.groups?.['socket']);
  for (const name of new Set(left)) if (name !== undefined) removeUnlocked(folder, name);
}

function removeUnlocked(folder: string, name: string): void {
  try {
    const lock = lockDirectory(folder, lockOf(name));
    rmSync(join(folder, name), { force: true });
    rmSync(join(folder, lockOf(name)), { force: true });
    lock.release();
  } catch (error) {
    // It is in use, or somebody else's.
    if (!(error instanceof ProcessError)) throw error;
  }
}

function lockOf(name: string): string {
  return `.${name}.lock`;
}

function folderOf(path: string): string {
  return join(dirname(path), FOLDER);
}
