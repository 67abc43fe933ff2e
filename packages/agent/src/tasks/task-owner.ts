import { AttestationError } from '@signet/core';
import { compareProcesses, PidFd, type ProcessIdentity, type UnixPeer } from '@signet/daemon';

/** The process that began a task, as it was then. */
export interface TaskOwner {
  readonly pid: number;
  /** of the user. */
  readonly share: string;
  readonly process: ProcessIdentity;
  /** the task's own: it outlives the connection. */
  readonly pidfd: PidFd;
}

/**
 * Holds the process behind a connection for as long as a task may last.
 *
 * @throws {AttestationError} `ERR_WORKLOAD_GONE`, `ERR_WORKLOAD_CHANGED` when it could not be identified.
 */
export function holdOwner(peer: UnixPeer): TaskOwner {
  const { pid, share, process } = peer;
  if (process === undefined) {
    throw new AttestationError('ERR_WORKLOAD_CHANGED', 'the caller could not be identified', {
      cause: peer.identityError,
    });
  }
  const pidfd = openPidFd(pid);
  // While the one that connected lives nobody else can have its pid.
  if (pidfd !== undefined && peer.pidfd.isAlive()) return { pid, share, process, pidfd };
  pidfd?.close();
  throw new AttestationError('ERR_WORKLOAD_GONE', 'the caller has gone');
}

function openPidFd(pid: number): PidFd | undefined {
  try {
    return PidFd.open(pid);
  } catch {
    return undefined;
  }
}

/** Whether the process behind a connection is the one that began the task, and still runs the same program. */
export function isOwner({ pidfd, process }: TaskOwner, peer: UnixPeer): boolean {
  if (peer.process === undefined || peer.closed) return false;
  return compareProcesses(process, peer.process) === undefined && pidfd.isAlive();
}
