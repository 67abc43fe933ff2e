import { ProcessError } from '@signet/core';
import { socketOption } from '../platform/libc.ts';
import { PidFd } from './pid-fd.ts';
import { readProcessStat } from './process-identity.ts';

const SO_PEERCRED = 17;
const SO_PEERPIDFD = 77;

/** Who opened the other end of a Unix socket, as the kernel recorded it at connect(). */
export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  /** the very process; the caller closes it. */
  readonly pidfd: PidFd;
}

function refuse(message: string, cause?: unknown): ProcessError {
  return new ProcessError('ERR_PEER_CREDENTIALS', message, { cause });
}

/**
 * Before Linux 6.5 the kernel gives no pidfd for a socket. One opened by pid may stand for a later process with that
 * pid; a process that began after the first look at it is refused.
 */
function openChecked(pid: number): PidFd {
  const before = readProcessStat(pid).startTime;
  const pidfd = PidFd.open(pid);
  try {
    if (pidfd.isAlive() && readProcessStat(pid).startTime === before) return pidfd;
  } catch (error) {
    pidfd.close();
    throw error;
  }
  pidfd.close();
  throw refuse('the peer ended while it was identified');
}

function openPeerPidFd(socketFd: number, pid: number): PidFd {
  const [fd] = socketOption(socketFd, SO_PEERPIDFD, 1) ?? [];
  return fd === undefined ? openChecked(pid) : new PidFd(fd);
}

/**
 * The kernel's credentials for a connected Unix socket.
 *
 * Must be called in the turn of the event loop that accepted the connection: afterwards the descriptor may be closed
 * and mean another socket.
 *
 * @throws {ProcessError} `ERR_PEER_CREDENTIALS` when they cannot be had, or the peer is in a pid namespace that
 *   this process cannot see, or has ended.
 */
export function readPeerCredentials(socketFd: number): PeerCredentials {
  if (socketFd < 0) throw refuse('the connection is already closed');
  const [pid, uid, gid] = socketOption(socketFd, SO_PEERCRED, 3) ?? [];
  if (pid === undefined || uid === undefined || gid === undefined)
    throw refuse('no credentials for this socket');
  if (pid <= 0) throw refuse('the peer is in another pid namespace');
  try {
    return { pid, uid: uid >>> 0, gid: gid >>> 0, pidfd: openPeerPidFd(socketFd, pid) };
  } catch (error) {
    throw refuse('the peer process cannot be held', error);
  }
}
