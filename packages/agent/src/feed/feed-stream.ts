import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ConnectRequestInput, ConnectResponseOutput } from '@signet/api';
import { AgentError } from '@signet/core';
import { after, monotonicMs, type Timer } from '@signet/daemon';
import { messageStream } from '../server-api/message-stream.ts';

/** The call that carries the feed. */
export type FeedCall = ClientDuplexStream<ConnectRequestInput, ConnectResponseOutput>;

/** How a feed is held. */
export interface FeedHolding {
  /** Where to go on. */
  readonly from: ConnectRequestInput;
  /** Takes each message; what it throws ends the feed. */
  readonly onMessage: (message: ConnectResponseOutput) => void;
}

/** The server may have many to answer when they all come back together. */
const FIRST_MESSAGE_MS = 30_000;
/** What a server may promise. */
const HEARTBEAT_MS = { least: 100, most: 120_000 };
/** Heartbeats without a message before the server is given up: one may be late on its way. */
const PATIENCE = 2;

/** The feed was silent for longer than the server had promised. */
export class SilentFeedError extends AgentError {
  constructor(silentMs: number) {
    super('ERR_UNAVAILABLE', `the server was silent for ${Math.round(silentMs)} ms`);
  }
}

/**
 * Holds a feed: hears the server, and lets it know once per heartbeat that the agent is there.
 *
 * @returns when the server ends the feed well.
 * @throws {ServerCallError} when it ends with an error; {SilentFeedError} when nothing comes any more.
 */
export async function holdFeed(call: FeedCall, { from, onMessage }: FeedHolding): Promise<void> {
  const stream = messageStream<ConnectRequestInput, ConnectResponseOutput>('Connect', call);
  const watch = new SilenceWatch(() => stream.close());
  let spokeAtMs = monotonicMs();
  try {
    stream.send(from);
    watch.expectWithin(FIRST_MESSAGE_MS);
    for (let message = await stream.next(); message !== undefined; message = await stream.next()) {
      const heartbeatMs = clamp(message.heartbeat_ms);
      watch.expectWithin(PATIENCE * heartbeatMs);
      onMessage(message);
      // The server's own heartbeat is the clock: a message of it is answered, not every one when there are many.
      if (monotonicMs() - spokeAtMs < heartbeatMs / 2) continue;
      spokeAtMs = monotonicMs();
      stream.send({});
    }
  } catch (error) {
    throw watch.silence ?? error;
  } finally {
    watch.stop();
    stream.close();
  }
}

/** Gives up when nothing came in time. */
class SilenceWatch {
  silence: SilentFeedError | undefined;
  readonly #giveUp: () => void;
  #timer: Timer | undefined;

  constructor(giveUp: () => void) {
    this.#giveUp = giveUp;
  }

  expectWithin(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = after(delayMs, () => {
      this.silence = new SilentFeedError(delayMs);
      this.#giveUp();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }
}

function clamp(heartbeatMs: number): number {
  return Math.min(Math.max(heartbeatMs, HEARTBEAT_MS.least), HEARTBEAT_MS.most);
}
