import type { Http2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { type AnsweringConnection, requireAnswer } from '../peer/answer-check.ts';
import type { PeerCredentials } from '../peer/peer-credentials.ts';
import type { PidFd } from '../peer/pid-fd.ts';
import { after } from '../process/timer.ts';
import { readProcessIdentity, type ProcessIdentity } from '../peer/process-identity.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { UnixPeer } from './peer.ts';

/** So long a connection that is retired lasts: time for the statuses that its calls end with. */
const RETIRE_MS = 100;

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
  /** The HTTP/2 side of the connection, once there has been a call. */
  session: Pick<Http2Session, 'ping'> | undefined;
  #answered: Promise<void> | undefined;
  #isRetired = false;

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

  requireAnswer(): Promise<void> {
    this.#answered ??= requireAnswer(this.#answering()).catch((error: unknown) => {
      this.retire('the peer did not answer for itself');
      throw error;
    });
    return this.#answered;
  }

  retire(reason: string): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    after(RETIRE_MS, () => this.close(reason));
  }

  #answering(): AnsweringConnection {
    const { socket, pid } = this;
    const readSession = (): typeof this.session => this.session;
    return {
      pid,
      get fd() {
        return descriptorOf(socket);
      },
      hold: () => void handleOf(socket)?.readStop(),
      resume: () => void handleOf(socket)?.readStart(),
      ping: (payload) => readSession()?.ping(payload, () => undefined) === true,
    };
  }
}

/** Reading belongs to the HTTP/2 session; only the handle below both can hold it back. */
function handleOf(socket: Socket): { readStop(): number; readStart(): number } | undefined {
  const { _handle: handle } = socket as Socket & {
    readonly _handle?: { readStop(): number; readStart(): number } | null;
  };
  return handle ?? undefined;
}
