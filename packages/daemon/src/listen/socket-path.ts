import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { connect } from 'node:net';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { ProcessError } from '@signet/core';

// sun_path of sockaddr_un, less its final NUL.
const MAX_PATH_BYTES = 107;
const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
const CONNECT_TIMEOUT_MS = 1000;

function unsafe(path: string, reason: string): ProcessError {
  return new ProcessError('ERR_SOCKET_PATH_UNSAFE', `${path} ${reason}`);
}

function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isOurs(uid: number): boolean {
  return uid === 0 || uid === process.geteuid?.();
}

/** The path in its full form. @throws {ProcessError} `ERR_SOCKET_PATH_UNSAFE` when it cannot name a socket file. */
export function checkSocketPath(path: string): string {
  if (path === '' || path.startsWith('@') || path.includes('\0'))
    throw unsafe('socket path', 'must name a file');
  const full = isAbsolute(path) ? path : resolve(path);
  if (Buffer.byteLength(full) > MAX_PATH_BYTES) throw unsafe(full, `is longer than ${MAX_PATH_BYTES} bytes`);
  return full;
}

/** Whoever can write to a directory can put another socket in our place, unless the directory is sticky. */
function checkComponent(path: string, stats: Stats): void {
  if (!isOurs(stats.uid)) throw unsafe(path, 'belongs to another user');
  if (stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) throw unsafe(path, 'is not a directory');
  if ((stats.mode & STICKY) !== 0) return;
  if ((stats.mode & OTHERS_WRITE) !== 0) throw unsafe(path, 'can be written to by everyone');
  const isOwnGroup = stats.gid === 0 || stats.gid === process.getegid?.();
  if ((stats.mode & GROUP_WRITE) !== 0 && !isOwnGroup)
    throw unsafe(path, 'can be written to by another group');
}

function makeDirectory(path: string, mode: number): void {
  mkdirSync(path, { mode });
  // The umask must not decide who may reach the socket.
  chmodSync(path, mode);
}

/**
 * Makes what is missing of a socket's directory, and checks every directory on the way to it.
 *
 * @param mode - of the directories that are made.
 * @throws {ProcessError} `ERR_SOCKET_PATH_UNSAFE` when one is foreign, writable by others, or its last part a
 *   symbolic link.
 */
export function prepareSocketDirectory(socketPath: string, mode: number): void {
  const directory = dirname(socketPath);
  let path = '';
  for (const part of directory.split(sep)) {
    path = path === sep ? path + part : `${path}${sep}${part}`;
    if (statusOf(path) === undefined) makeDirectory(path, mode);
    checkComponent(path, lstatSync(path));
  }
  if (lstatSync(directory).isSymbolicLink()) throw unsafe(directory, 'is a symbolic link');
}

function answers(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ path, timeout: CONNECT_TIMEOUT_MS });
    const end = (isAnswered: boolean): void => {
      socket.destroy();
      settle(isAnswered);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'EAGAIN' || error.code === 'EACCES'),
    );
  });
}

/**
 * Checks that a socket can be put here: nothing is there, or a dead socket of ours.
 *
 * @throws {ProcessError} `ERR_SOCKET_PATH_UNSAFE` for any other file, `ERR_SOCKET_IN_USE` when a program answers on it.
 */
export async function checkFree(socketPath: string): Promise<void> {
  const stats = statusOf(socketPath);
  if (stats === undefined) return;
  if (!stats.isSocket())
    throw unsafe(socketPath, stats.isSymbolicLink() ? 'is a symbolic link' : 'is not a socket');
  if (!isOurs(stats.uid)) throw unsafe(socketPath, 'belongs to another user');
  if (await answers(socketPath)) {
    throw new ProcessError('ERR_SOCKET_IN_USE', `another program listens on ${socketPath}`);
  }
}
