import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { monotonicMs } from '../process/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { PeerConnection } from './peer.ts';

/** A call whose first message has not come yet. */
export interface WaitingCall {
  readonly since: number;
  expire(): void;
}

/** What a connection is made of. */
export interface ConnectionParts {
  readonly id: string;
  /** what HTTP/2 runs on. */
  readonly socket: Socket;
  readonly limits: ConnectionLimits;
  readonly logger: Logger;
}

/** One accepted connection: its socket, and what has come in on it. */
export class Connection implements PeerConnection {
  readonly id: string;
  readonly connectedAtMs: number = monotonicMs();
  readonly socket: Socket;
  /** what grpc-js reads from the socket by, once there has been a call. */
  http2: ServerHttp2Session | undefined;
  /** calls that have begun but given no whole message; their number is bounded by the streams allowed. */
  readonly waiting: Set<WaitingCall> = new Set();
  /** what messages that have begun but not ended hold of memory, all calls together. */
  unfinishedBytes = 0;
  /** calls that the client cancelled, less those that were answered; never below zero. */
  cancelledCalls = 0;
  /** whole messages received. */
  messages = 0;
  /** bytes received when the traffic watch last looked. */
  bytesSeen = 0;
  /** messages received when the traffic watch last looked. */
  messagesSeen = 0;
  /** bytes received since the last whole message. */
  bytesSinceMessage = 0;
  readonly #logger: Logger;
  readonly limits: ConnectionLimits;
  readonly #onClose: (() => void)[] = [];
  #closed = false;
  #isCut = false;

  constructor({ id, socket, limits, logger }: ConnectionParts) {
    this.id = id;
    this.limits = limits;
    this.socket = socket;
    this.#logger = logger;
    // grpc-js shows a socket's address as the peer of a call: that is how the id gets there.
    Object.defineProperty(socket, 'remoteAddress', { value: id });
    Object.defineProperty(socket, 'remotePort', { value: undefined });
    socket.once('close', () => this.#ended());
  }

  get closed(): boolean {
    return this.#closed;
  }

  get isDraining(): boolean {
    return this.http2?.closed === true;
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  close(reason: string): void {
    if (this.#isCut || this.#closed) return;
    this.#isCut = true;
    this.#logger.debug('Connection cut', { peer: this.id, reason });
    // Who asks may stand in a callback of the HTTP/2 session, and a session that loses its socket while it reads frames
    // takes the process with it: an assertion of Node's fails.
    setImmediate(() => this.socket.destroy());
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.waiting.clear();
    for (const listener of this.#onClose.splice(0)) listener();
  }
}
