import { constants, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { monotonicMs } from '../process/clock.ts';
import type { Logger } from '../log/logger.ts';
import { Allowance } from './allowance.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Flood } from './flood.ts';
import type { PeerConnection } from './peer.ts';
import type { Turns } from './turns.ts';

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
  /** what connections are counted by; by itself without it. */
  readonly share?: string;
  /** Hears of it when the connection is cut for taking more than its share. */
  onFlood?(flood: Flood): void;
}

/** Makes a connection's id the peer of the calls on a socket: grpc-js shows the socket's address as that. */
export function showPeer(socket: Socket, id: string): void {
  Object.defineProperty(socket, 'remoteAddress', { value: id });
  Object.defineProperty(socket, 'remotePort', { value: undefined });
}

/** One accepted connection: its socket, and what has come in on it. */
export class Connection implements PeerConnection {
  readonly id: string;
  readonly connectedAtMs: number = monotonicMs();
  readonly socket: Socket;
  readonly limits: ConnectionLimits;
  /** with whom this connection shares its turn: whoever is counted as one peer. */
  readonly share: string;
  /** what grpc-js reads from the socket by; from the moment that it was given the socket. */
  http2: ServerHttp2Session | undefined;
  /** among whom the event loop is shared. */
  turns: Turns | undefined;
  /** calls that wait for their turn to begin. */
  readonly callsToBegin: (() => void)[] = [];
  /** the turn of the last call. */
  turn = 0;
  /** calls that came in that turn. */
  callsInTurn = 0;
  /** whether it is the others' turn. */
  isHeld = false;
  /** calls that have begun but given no whole message; their number is bounded by the streams allowed. */
  readonly waiting: Set<WaitingCall> = new Set();
  /** what messages that have begun but not ended hold of memory, all calls together. */
  unfinishedBytes = 0;
  /** what whole requests hold of memory whose calls are not answered yet. */
  unansweredBytes = 0;
  /** in how many frames the unfinished messages came. */
  unfinishedFrames = 0;
  /** whole messages received. */
  messages = 0;
  /** bytes received when the traffic watch last looked. */
  bytesSeen = 0;
  /** messages received when the traffic watch last looked. */
  messagesSeen = 0;
  /** bytes received since the last whole message. */
  bytesSinceMessage = 0;
  /** whether the client has begun to speak HTTP/2. */
  hasSettings = false;
  /** whether the client has not shown who it is. */
  isStranger = false;
  /** since when HTTP/2 is over though the socket is not; monotonic. */
  lingersSinceMs: number | undefined;
  static readonly #open = new Map<string, Connection>();
  readonly #parts: ConnectionParts;
  readonly #unanswered: Allowance;
  readonly #onClose: (() => void)[] = [];
  #closed = false;
  #isCut = false;

  constructor(parts: ConnectionParts) {
    const { id, socket, limits } = parts;
    this.id = id;
    this.share = parts.share ?? id;
    this.limits = limits;
    this.socket = socket;
    this.#parts = parts;
    const { maxUnansweredCalls, unansweredCallsPerSecond } = limits;
    this.#unanswered = new Allowance(maxUnansweredCalls, unansweredCallsPerSecond, this.connectedAtMs);
    showPeer(socket, id);
    socket.once('close', () => this.#ended());
    Connection.#open.set(id, this);
  }

  /** The connection that a socket shows as its peer, while it is open. */
  static of(socket: object): Connection | undefined {
    const { remoteAddress = '' } = socket as { readonly remoteAddress?: string };
    return Connection.#open.get(remoteAddress);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get isDraining(): boolean {
    return this.http2?.closed === true;
  }

  /** Whether it has been cut, and is over at the latest in the next turn of the event loop. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  /** A call begins. Those that are never answered, because they are cancelled or name no method, cost us most. */
  callBegan(): void {
    const nowMs = monotonicMs();
    if (this.#unanswered.take(1, nowMs)) return;
    this.cut('too many unanswered calls');
  }

  /** A call that began was answered, while the client still listened. */
  callAnswered(): void {
    this.#unanswered.giveBack(1);
  }

  /** Lets others have their turn. */
  hold(): void {
    this.isHeld = true;
  }

  /** It is this connection's turn again. */
  release(): void {
    this.isHeld = false;
  }

  /** Cuts the connection for taking more than its share. */
  cut(flood: Flood): void {
    if (this.#isCut || this.#closed) return;
    this.#parts.onFlood?.(flood);
    this.#end(flood, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  /** Ends the connection because a call could not even be begun. */
  failed(error: unknown): void {
    this.#parts.logger.error('Could not begin a call', { peer: this.id, error });
    this.close('a call could not be begun');
  }

  close(reason: string): void {
    if (this.#isCut || this.#closed) return;
    this.#end(reason, constants.NGHTTP2_NO_ERROR);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  #end(reason: string, code: number): void {
    this.#isCut = true;
    this.#parts.logger.debug('Connection cut', { peer: this.id, reason });
    // Who asks may stand in a callback of the session while it reads: what it has read but not looked at is dropped.
    this.http2?.destroy(undefined, code);
    // A session that loses its socket while it reads frames takes the process with it: an assertion of Node's fails.
    // The session by itself would wait until the client has read everything.
    setImmediate(() => this.socket.destroy());
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    Connection.#open.delete(this.id);
    this.waiting.clear();
    for (const listener of this.#onClose.splice(0)) listener();
  }
}
