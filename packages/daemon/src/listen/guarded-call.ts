import type { ServerHttp2Stream } from 'node:http2';
import {
  type Metadata,
  ServerInterceptingCall,
  status,
  type ServerInterceptingCallInterface,
} from '@grpc/grpc-js';
import { monotonicMs } from '../process/clock.ts';
import type { Connection, WaitingCall } from './connection.ts';
import { UnixConnection } from './unix-connection.ts';

/** What hears of a call's messages. */
type CallListener = Parameters<ServerInterceptingCallInterface['start']>[0];
type CallStatus = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];
type CallMessage = Parameters<CallListener['onReceiveMessage']>[0];

// What grpc-js keeps for each frame of an unfinished message beside its bytes.
const BYTES_PER_FRAME = 256;

/**
 * A call on its way between grpc-js and its handler: whatever passes is handed on at once, and counted.
 *
 * One object for each call, since every call of every RPC pays for it.
 */
export class GuardedCall extends ServerInterceptingCall implements CallListener, WaitingCall {
  readonly since: number = monotonicMs();
  readonly #call: ServerInterceptingCallInterface;
  readonly #connection: Connection;
  readonly #stream: ServerHttp2Stream | undefined;
  readonly #isStream: boolean;
  #listener: CallListener | undefined;
  /** of the message that is not whole yet. */
  #frames = 0;
  #bytes = 0;
  /** of the whole request that waits for its answer. */
  #unansweredBytes = 0;
  #isAnswered = false;

  /** @param isStream - whether the client may send any number of messages, answered or not. */
  constructor(call: ServerInterceptingCallInterface, connection: Connection, isStream: boolean) {
    super(call);
    this.#isStream = isStream;
    this.#call = call;
    this.#connection = connection;
    // grpc-js keeps a slice per frame and does not say how many; its own call object has the stream.
    this.#stream = (call as { readonly stream?: ServerHttp2Stream }).stream;
    if (connection instanceof UnixConnection) connection.session ??= this.#stream?.session;
    connection.waiting.add(this);
    this.#stream?.on('data', (chunk: Uint8Array) => this.#received(chunk));
    this.#stream?.on('close', () => this.#closed());
  }

  expire(): void {
    const details = 'no request message in time';
    this.#call.sendStatus({ code: status.DEADLINE_EXCEEDED, details, metadata: null });
  }

  override start(listener: CallListener): void {
    this.#listener = listener;
    this.#call.start(this);
  }

  onReceiveMetadata(metadata: Metadata): void {
    this.#listener?.onReceiveMetadata(metadata);
  }

  onReceiveMessage(message: CallMessage): void {
    this.#connection.messages += 1;
    this.#connection.waiting.delete(this);
    if (!this.#isStream) this.#awaitAnswer();
    this.#startAnew();
    this.#listener?.onReceiveMessage(message);
  }

  onReceiveHalfClose(): void {
    this.#listener?.onReceiveHalfClose();
  }

  onCancel(): void {
    this.#connection.waiting.delete(this);
    this.#listener?.onCancel();
  }

  override sendMetadata(metadata: Metadata): void {
    this.#call.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.#answered();
    this.#call.sendMessage(message, callback);
  }

  override sendStatus(sent: CallStatus): void {
    this.#connection.waiting.delete(this);
    this.#answered();
    this.#call.sendStatus(sent);
  }

  #received(chunk: Uint8Array): void {
    const held = chunk.length + BYTES_PER_FRAME;
    this.#frames += 1;
    this.#bytes += held;
    this.#connection.unfinishedBytes += held;
    this.#connection.unfinishedFrames += 1;
    this.#connection.turns?.spend(this.#connection);
    const { maxFramesPerMessage, maxUnfinishedFrames, maxUnfinishedBytes } = this.#connection.limits;
    if (this.#frames > maxFramesPerMessage) this.#connection.cut('message in too many frames');
    if (this.#connection.unfinishedFrames > maxUnfinishedFrames) {
      this.#connection.cut('too many frames of unfinished messages');
    }
    if (this.#connection.unfinishedBytes > maxUnfinishedBytes) {
      this.#connection.cut('too many unfinished messages');
    }
  }

  #startAnew(): void {
    this.#connection.unfinishedBytes -= this.#bytes;
    this.#connection.unfinishedFrames -= this.#frames;
    this.#frames = 0;
    this.#bytes = 0;
  }

  #awaitAnswer(): void {
    this.#unansweredBytes += this.#bytes;
    this.#connection.unansweredBytes += this.#bytes;
    const isTooMuch = this.#connection.unansweredBytes > this.#connection.limits.maxUnansweredBytes;
    if (isTooMuch) this.#connection.cut('too many unanswered requests');
  }

  #closed(): void {
    this.#startAnew();
    this.#forgetRequest();
  }

  #forgetRequest(): void {
    this.#connection.unansweredBytes -= this.#unansweredBytes;
    this.#unansweredBytes = 0;
  }

  /** The first message of a stream is an answer as well. */
  #answered(): void {
    this.#forgetRequest();
    if (this.#isAnswered || this.#stream?.closed === true) return;
    this.#isAnswered = true;
    this.#connection.callAnswered();
  }
}
