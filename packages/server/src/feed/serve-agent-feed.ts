import { type ConnectRequestOutput, type ConnectResponseInput } from '@signet/api';
import { RateLimitError, SignetError } from '@signet/core';
import { after, jittered, monotonicMs } from '@signet/daemon';
import { type AuthorizedCall } from '../rpc/call.ts';
import { callerId } from '../rpc/caller.ts';
import { type MessageStream } from '../rpc/message-stream.ts';
import { type StreamHandler } from '../rpc/service-host.ts';
import { TokenBucket } from '../rpc/token-bucket.ts';
import { type AgentFeeds, type ResumePoint } from './agent-feeds.ts';
import { type FeedSession } from './feed-session.ts';

/** What serving a feed needs. */
export interface ServeFeedDeps {
  readonly feeds: AgentFeeds;
  readonly heartbeatMs: number;
  readonly connections: FeedConnections;
}

/** The connections that feeds run on, by the peer that a call names. */
export interface FeedConnections {
  /** Whether the connection takes no more calls and waits for those under way. */
  isDraining(peerId: string): boolean;
  /** Cuts a connection that is of no use any more. */
  cut(peerId: string, reason: string): void;
}

type FeedStream = MessageStream<ConnectRequestOutput, ConnectResponseInput>;

/** A message comes so much before the heartbeat that was promised, and not for all agents at the same time. */
const BEAT = { share: 0.75, spread: 0.2 };
/** An agent that says nothing for so many heartbeats, or takes nothing, has gone without a word. */
const PATIENCE = 3;
/** An agent speaks once per heartbeat; it may be called to account for more than this many a second. */
const MESSAGES_PER_SECOND = 4;
const MAX_DATASTORE_ID = 128;

/**
 * The handler of AgentFeed.Connect: tells the agent what it has to know, until it goes or its connection has to end.
 *
 * Ends well when the connection is being closed for its age: the agent opens another feed on a new connection at once.
 */
export function agentFeedHandler(
  deps: ServeFeedDeps,
): StreamHandler<ConnectRequestOutput, ConnectResponseInput> {
  return async (stream, call) => {
    const first = await stream.read();
    if (first === undefined) return;
    const session = deps.feeds.connect(callerId(call.caller), resumePoint(first), (reason) =>
      call.life.end(reason),
    );
    try {
      await Promise.race([listen(stream, call, deps), tell(stream, session, call, deps)]);
    } finally {
      deps.feeds.disconnect(session);
    }
  };
}

function resumePoint({ after_change, after_revocation, datastore_id }: ConnectRequestOutput): ResumePoint {
  if (datastore_id.length > MAX_DATASTORE_ID) {
    throw new SignetError('ERR_INVALID_ARGUMENT', 'datastore ID is too long');
  }
  return {
    datastoreId: datastore_id,
    afterChange: sequenceFrom(after_change),
    afterRevocation: sequenceFrom(after_revocation),
  };
}

function sequenceFrom(text: string): number {
  const sequence = Number(text);
  if (Number.isSafeInteger(sequence)) return sequence;
  throw new SignetError('ERR_INVALID_ARGUMENT', 'sequence is out of range');
}

/** Hears the agent out: what it says means only that it is there. */
async function listen(stream: FeedStream, call: AuthorizedCall, deps: ServeFeedDeps): Promise<void> {
  const allowance = new TokenBucket(MESSAGES_PER_SECOND, monotonicMs());
  for (;;) {
    const message = await inTime(stream.read(), 'the agent is silent', call, deps);
    if (message === undefined) return;
    if (allowance.reserve(1, monotonicMs(), 0) === undefined) {
      throw new RateLimitError('ERR_RATE_LIMITED', 'too many messages on the feed');
    }
  }
}

async function tell(
  stream: FeedStream,
  session: FeedSession,
  call: AuthorizedCall,
  deps: ServeFeedDeps,
): Promise<void> {
  for (;;) {
    await inTime(stream.write(session.next()), 'the agent does not read', call, deps);
    await newsOrHeartbeat(session, call, jittered(deps.heartbeatMs * BEAT.share, BEAT.spread));
    if (deps.connections.isDraining(call.peerId)) return;
  }
}

function newsOrHeartbeat(session: FeedSession, call: AuthorizedCall, heartbeatMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const { signal } = call.life;
    const settle = (finish: () => void): void => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => settle(() => reject(signal.reason as Error));
    const timer = after(heartbeatMs, () => settle(resolve));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else session.onWake(() => settle(resolve));
  });
}

async function inTime<T>(
  work: Promise<T>,
  complaint: string,
  call: AuthorizedCall,
  deps: ServeFeedDeps,
): Promise<T> {
  const late = after(PATIENCE * deps.heartbeatMs, () => {
    call.life.end(new SignetError('ERR_UNAVAILABLE', complaint));
    // What does not get through to the agent keeps it from hearing of the end as well.
    deps.connections.cut(call.peerId, complaint);
  });
  try {
    return await work;
  } finally {
    late.cancel();
  }
}
