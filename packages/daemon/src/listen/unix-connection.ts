import type { Http2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { type AnsweringConnection, requireAnswer } from '../peer/answer-check.ts';
import type { PeerCredentials } from '../peer/peer-credentials.ts';
import type { PidFd } from '../peer/pid-fd.ts';
import { ProcessFiles } from '../peer/process-files.ts';
import { after } from '../process/timer.ts';
import { readProcessIdentity, type ProcessIdentity } from '../peer/process-identity.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { UnixPeer } from './peer.ts';
import { descriptorOf, handleOf } from './socket-handle.ts';

/** So long a connection that is retired lasts: time for the statuses that its calls end with. */
const RETIRE_MS = 100;

/** How the reading of what a client sends is held back, so that it stays in the kernel. */
export interface SocketReading {
  hold(): void;
  resume(): void;
}

/** Reading belongs to the HTTP/2 session; only the handle below both can hold it back. */
function readingOfSession(socket: Socket): SocketReading {
  return {
    hold: () => void handleOf(socket)?.readStop(),
    resume: () => void handleOf(socket)?.readStart(),
  };
}

/** A connection from a process on this machine; it holds the process until it ends. */
export class UnixConnection extends Connection implements UnixPeer {
  readonly kind = 'unix';
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly pidfd: PidFd;
  readonly files: ProcessFiles;
  readonly process: ProcessIdentity | undefined;
  readonly identityError?: unknown;
  /** The HTTP/2 side of the connection, once there has been a call. */
  session: Pick<Http2Session, 'ping'> | undefined;
  /** By whoever reads from the socket. */
  reading: SocketReading;
  #answered: Promise<void> | undefined;
  #isRetired = false;

  /** @param credentials - owned from now on. */
  constructor(parts: ConnectionParts, credentials: PeerCredentials) {
    super(parts);
    this.reading = readingOfSession(parts.socket);
    this.pid = credentials.pid;
    this.uid = credentials.uid;
    this.gid = credentials.gid;
    this.pidfd = credentials.pidfd;
    this.files = new ProcessFiles(this.pid);
    this.onClose(() => {
      this.pidfd.close();
      this.files.close();
    });
    try {
      this.process = readProcessIdentity(this.pid, this.files);
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
    const { socket, pid, reading } = this;
    const readSession = (): typeof this.session => this.session;
    return {
      pid,
      get fd() {
        return descriptorOf(socket);
      },
      hold: () => reading.hold(),
      resume: () => reading.resume(),
      ping: (payload) => readSession()?.ping(payload, () => undefined) === true,
    };
  }
}
