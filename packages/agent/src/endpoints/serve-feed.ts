import { AgentError } from '@signet/core';
import { after } from '@signet/daemon';
import { Countdown } from './countdown.ts';
import { createEnding, type Ending } from './ending.ts';
import { LatestValue, type MakeRoom } from './latest-value.ts';
import type { OpenStreams } from './open-streams.ts';
import type { SendRoom } from './send-room.ts';
import type { FeedSource } from './workload.ts';

/** The stream to the caller. */
export interface FeedCall {
  readonly cancelled: boolean;
  onCancelled(listener: () => void): void;
  write(message: Buffer, sent: (error?: Error | null) => void): void;
}

/** What serving a stream needs. */
export interface FeedDeps {
  readonly streams: OpenStreams;
  readonly room: SendRoom;
  /** how long a message may be on its way; default: half a minute. */
  readonly unreadMs?: number;
}

/** The first message waits for SVIDs that are being fetched, but not for ever. */
const FIRST_MESSAGE_MS = 30_000;
/** A peer that takes nothing for so long holds memory, and room that others wait for. */
const UNREAD_MS = 30_000;

/**
 * Sends the caller its messages, the whole state each time, until it goes.
 *
 * @returns when the caller ended the stream.
 * @throws what the source ends with; {AttestationError} when the caller is no longer what was attested; {AgentError}
 * `ERR_UNAVAILABLE` when its SVIDs cannot be had in time, `ERR_AGENT_SHUTDOWN`.
 * @spec Workload API §4 (streams): complete messages, driven by changes, the first one at once
 */
export async function serveFeed(source: FeedSource, call: FeedCall, deps: FeedDeps): Promise<void> {
  const { peer } = source;
  const ending = createEnding();
  const release = deps.streams.open(peer, ending.fail);
  const unread = new Countdown(deps.unreadMs ?? UNREAD_MS, () => {
    ending.fail(notRead());
    // Without the connection what was sent would go on waiting for the peer.
    peer.close('what was sent is not read');
  });
  const makeRoom: MakeRoom = (bytes, send) => deps.room.take(peer.share, bytes, send);
  const mailbox = new LatestValue((message, sent) => {
    unread.start();
    const taken = (error?: Error | null): void => {
      unread.stop();
      sent(error);
    };
    sendChecked(message, taken, source, call, ending);
  }, makeRoom);
  const late = after(FIRST_MESSAGE_MS, () => ending.fail(notInTime()));
  const refresh = (): void => {
    const sendable = source.sendable();
    if (sendable instanceof Error) ending.fail(sendable);
    else if (sendable.kind === 'ready') {
      late.cancel();
      mailbox.offer(sendable.message);
    }
  };
  const unwatch = source.watch(refresh);
  call.onCancelled(ending.succeed);
  if (call.cancelled) ending.succeed();
  else refresh();
  try {
    await ending.reached;
  } finally {
    late.cancel();
    unread.stop();
    unwatch();
    release();
    mailbox.close();
  }
}

/** The process behind the stream may have changed since it was attested: nothing is sent to another. */
function sendChecked(
  message: Buffer,
  sent: (error?: Error | null) => void,
  source: FeedSource,
  call: FeedCall,
  ending: Ending,
): void {
  try {
    source.requireSame();
  } catch (error) {
    ending.fail(error as Error);
    return;
  }
  call.write(message, sent);
}

function notInTime(): AgentError {
  return new AgentError('ERR_UNAVAILABLE', 'the SVIDs of the workload are not available yet');
}

function notRead(): AgentError {
  return new AgentError('ERR_UNAVAILABLE', 'the workload does not read what it is sent');
}
