import { readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AttestationError } from '@signet/core';
import { processChange, type UnixPeer } from '@signet/daemon';
import type { WorkloadProcess } from '@signet/plugins';

/**
 * The calling process as attestors see it. What they read counts only once {@link requireSameProcess} has passed again
 * after all of them.
 *
 * Files of /proc are read on the spot: that takes microseconds, in the thread pool a hundred times as long.
 *
 * Who the process is was fixed when it connected; which program it runs was not. So before anything is said of its program
 * the process has to show that it speaks for itself.
 */
export function workloadProcess(peer: UnixPeer): WorkloadProcess {
  const proc = `/proc/${peer.pid}`;
  return {
    pid: peer.pid,
    uid: peer.uid,
    gid: peer.gid,
    share: peer.share,
    programDevice: peer.process?.executable?.device,
    supplementaryGids: () => Promise.resolve(readGroups(peer)),
    hasCertainProgram: () => {
      requireAlive(peer);
      // No process comes back out of a namespace: what it is in now says that it was in no other.
      return Promise.resolve(readlinkSync(`${proc}/ns/user`) === readlinkSync('/proc/self/ns/user'));
    },
    exePath: async () => {
      await peer.requireAnswer();
      requireAlive(peer);
      return readlinkSync(`${proc}/exe`);
    },
    openExe: async () => {
      await peer.requireAnswer();
      requireAlive(peer);
      return open(`${proc}/exe`, 'r');
    },
  };
}

/**
 * Makes sure that the peer is alive and still the program that connected. When it is not, its connection ends: a program
 * whose file was replaced or touched under it is served again once it connects anew.
 *
 * @throws {AttestationError} `ERR_WORKLOAD_GONE` after its end, `ERR_WORKLOAD_CHANGED` when it runs something else or
 * could not be identified in the first place.
 */
export function requireSameProcess(peer: UnixPeer): void {
  if (peer.process === undefined) {
    requireAlive(peer);
    throw changed(peer, 'the caller could not be identified', peer.identityError);
  }
  const change = processChange(peer.process, peer.pidfd, peer.files);
  if (change === undefined && !peer.closed) return;
  requireAlive(peer);
  throw changed(peer, `the caller is not what it was when it connected: ${change}`);
}

function changed(peer: UnixPeer, message: string, cause?: unknown): AttestationError {
  peer.retire(message);
  return new AttestationError('ERR_WORKLOAD_CHANGED', message, cause === undefined ? {} : { cause });
}

/**
 * Makes sure that the peer has not ended. The quick half of {@link requireSameProcess}.
 *
 * @throws {AttestationError} `ERR_WORKLOAD_GONE`
 */
export function requireAlive(peer: UnixPeer): void {
  if (peer.closed || !peer.pidfd.isAlive()) {
    throw new AttestationError('ERR_WORKLOAD_GONE', 'the caller has gone');
  }
}

function readGroups(peer: UnixPeer): readonly number[] {
  const status = readStatus(peer);
  // Credentials are those of the connect() call: a process that has other ones now must connect again.
  if (effectiveId(status, 'Uid') !== peer.uid || effectiveId(status, 'Gid') !== peer.gid) {
    throw changed(peer, 'the caller has another user or group than when it connected');
  }
  return numbersOf(status, 'Groups');
}

function readStatus(peer: UnixPeer): string {
  try {
    return peer.files.status();
  } catch (cause) {
    throw new AttestationError('ERR_WORKLOAD_GONE', 'the caller has gone', { cause });
  }
}

function effectiveId(status: string, name: 'Uid' | 'Gid'): number | undefined {
  // Real, effective, saved, file system.
  return numbersOf(status, name)[1];
}

function numbersOf(status: string, name: string): readonly number[] {
  const at = status.indexOf(`\n${name}:`);
  if (at === -1) return [];
  const end = status.indexOf('\n', at + 1);
  const words = status.slice(at + name.length + 2, end === -1 ? undefined : end).split(/\s+/);
  return words.filter((word) => word !== '').map(Number);
}
