import type { Socket } from 'node:net';
import type { PeerCredentials } from '../peer/peer-credentials.ts';
import type { PidFd } from '../peer/pid-fd.ts';
import { readProcessIdentity, type ProcessIdentity } from '../peer/process-identity.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { UnixPeer } from './peer.ts';

/** The descriptor of a socket that has just been accepted; -1 when it is already closed. */
export function descriptorOf(socket: Socket): number {
  const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly fd?: number } | null };
  return handle?.fd ?? -1;
}

/** A connection from a process on this machine; it holds the process until it ends. */
export class UnixConnection extends Connection implements UnixPeer {
  readonly kind = 'unix';
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly pidfd: PidFd;
  readonly process: ProcessIdentity | undefined;
  readonly identityError?: unknown;

  /** @param credentials - owned from now on. */
  constructor(parts: ConnectionParts, credentials: PeerCredentials) {
    super(parts);
    this.pid = credentials.pid;
    this.uid = credentials.uid;
    this.gid = credentials.gid;
    this.pidfd = credentials.pidfd;
    this.onClose(() => this.pidfd.close());
    try {
      this.process = readProcessIdentity(this.pid);
    } catch (error) {
      this.process = undefined;
      this.identityError = error;
    }
  }
}
