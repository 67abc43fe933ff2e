import { type ConnectRequestOutput, type ConnectResponseInput } from '@signet/api';
import { RateLimitError, SignetError } from '@signet/core';
import { monotonicMs } from '@signet/daemon';
import { callerId } from '../rpc/caller.ts';
import { type MessageStream } from '../rpc/message-stream.ts';
import { type StreamHandler } from '../rpc/service-host.ts';
import { TokenBucket } from '../rpc/token-bucket.ts';
import { type AgentFeeds, type ResumePoint } from './agent-feeds.ts';
import { type FeedSession } from './feed-session.ts';

/** What serving a feed needs. */
export interface ServeFeedDeps {
  readonly feeds: AgentFeeds;
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
    const session = deps.feeds.connect(callerId(call.caller), resumePoint(first), {
      end: (reason) => call.life.end(reason),
      cut: (reason) => deps.connections.cut(call.peerId, reason),
      isDraining: () => deps.connections.isDraining(call.peerId),
    });
    // An agent that is no longer one hears at least why what it holds is not accepted any more.
    call.life.beforeRetiring(() => session.lastWords());
    try {
      // Listening ends as well when the call is ended from our side.
      await Promise.race([listen(stream, session), tell(stream, session)]);
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
async function listen(stream: FeedStream, session: FeedSession): Promise<void> {
  const allowance = new TokenBucket(MESSAGES_PER_SECOND, monotonicMs());
  while ((await stream.read()) !== undefined) {
    session.pulse.heard(monotonicMs());
    if (allowance.reserve(1, monotonicMs(), 0) !== undefined) continue;
    throw new RateLimitError('ERR_RATE_LIMITED', 'too many messages on the feed');
  }
}

async function tell(stream: FeedStream, session: FeedSession): Promise<void> {
  while (!session.isOver) {
    session.pulse.telling(monotonicMs());
    await stream.write(session.next());
    session.pulse.told(monotonicMs());
    session.told();
    await session.news();
  }
}
