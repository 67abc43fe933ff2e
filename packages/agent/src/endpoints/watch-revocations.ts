import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { AgentError, RateLimitError } from '@signet/core';
import { every, type Logger, type Metrics, type PeerRegistry, type UnixPeer } from '@signet/daemon';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { AgentCache } from '../sync/agent-cache.ts';
import type { Shares } from '../tasks/shares.ts';
import { workloadCallRecorder } from './call-log.ts';
import { Countdown } from './countdown.ts';
import { createEnding, type Ending } from './ending.ts';
import type { OpenStreams } from './open-streams.ts';
import { RevocationWatcher } from './revocation-watcher.ts';
import type { SendRoom } from './send-room.ts';
import { WatchTurns } from './watch-turns.ts';
import type { WorkloadCall } from './workload-api.ts';
import { requireSecurityHeader } from './workload-request.ts';

/** What telling of revocations needs. */
export interface WatchRevocationsDeps {
  readonly peers: () => PeerRegistry;
  /** Finds out who calls. @throws when it may not know. */
  readonly verifier: (call: WorkloadCall) => Promise<UnixPeer>;
  readonly streams: OpenStreams;
  /** how many of the streams may be these. */
  readonly watchers: Shares;
  readonly room: SendRoom;
  /** how long a message may be on its way; default: half a minute. */
  readonly unreadMs?: number;
  readonly cache: Pick<AgentCache, 'trustDomain'>;
  readonly revocations: AgentRevocations;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

type RevocationCall = ServerWritableStream<object, Buffer>;

/** How often a watcher hears that nothing new is known, at least. */
const LONGEST_HEARTBEAT_MS = 5_000;
/** A watcher that takes nothing for so long holds memory, and room that others wait for. */
const UNREAD_MS = 30_000;

/**
 * Tells a verifier what it has to refuse: all that holds, then what comes, and how fresh the agent's knowledge is. Messages
 * are written encoded.
 *
 * @throws as the feeds of bundles do: {AuthorizationError} `ERR_NO_IDENTITY_ISSUED` for a caller that is nobody;
 * {RateLimitError} `ERR_RATE_LIMITED`; {AgentError} `ERR_UNAVAILABLE` to who does not read.
 */
export function watchRevocationsHandler(
  deps: WatchRevocationsDeps,
): handleServerStreamingCall<object, Buffer> {
  const recorder = workloadCallRecorder('WatchRevocations', deps);
  const turns = new WatchTurns<RevocationWatcher>();
  return (call) => {
    const record = recorder(call);
    serve(call, deps, turns).then(
      () => record.succeeded(),
      (error: unknown) => void call.emit('error', record.failed(error)),
    );
  };
}

async function serve(
  call: RevocationCall,
  deps: WatchRevocationsDeps,
  turns: WatchTurns<RevocationWatcher>,
): Promise<void> {
  requireSecurityHeader(call.metadata);
  const peer = await deps.verifier(call);
  const giveBack = deps.watchers.take(peer.share);
  if (giveBack === undefined)
    throw new RateLimitError('ERR_RATE_LIMITED', 'too many watchers of revocations');
  try {
    await watch(call, peer, deps, turns);
  } finally {
    giveBack();
  }
}

async function watch(
  call: RevocationCall,
  peer: UnixPeer,
  deps: WatchRevocationsDeps,
  turns: WatchTurns<RevocationWatcher>,
): Promise<void> {
  const { revocations, logger } = deps;
  const ending = createEnding();
  const release = deps.streams.open(peer, ending.fail);
  const heartbeatMs = heartbeatOf(revocations);
  const unread = cutUnread(peer, ending, deps);
  const watcher = new RevocationWatcher({
    revocations,
    heartbeatMs,
    trustDomain: deps.cache.trustDomain.name,
    makeRoom: (bytes, send) => deps.room.take(peer.share, bytes, send),
    write: (message, sent) => {
      unread.start();
      call.write(message, (error?: Error | null) => {
        unread.stop();
        sent(error);
      });
    },
  });
  // What is said last has to be said before the agent ends.
  const unfollow = revocations.onChange(() => {
    if (revocations.isOver) watcher.beat();
    else turns.add(watcher);
  });
  const heartbeat = every(heartbeatMs, () => watcher.beat(), { logger, name: 'Heartbeat' });
  call.once('cancelled', ending.succeed);
  if (call.cancelled) ending.succeed();
  else watcher.beat();
  try {
    await ending.reached;
  } finally {
    unfollow();
    turns.remove(watcher);
    unread.stop();
    void heartbeat.stop();
    release();
    watcher.close();
  }
}

function cutUnread(peer: UnixPeer, ending: Ending, { unreadMs }: WatchRevocationsDeps): Countdown {
  return new Countdown(unreadMs ?? UNREAD_MS, () => {
    ending.fail(new AgentError('ERR_UNAVAILABLE', 'the watcher does not read what it is sent'));
    // Without the connection what was sent would go on waiting for the peer.
    peer.close('what was sent is not read');
  });
}

/** The server's own, where that is quicker: so that verifiers are not told later than the agent is. */
function heartbeatOf(revocations: AgentRevocations): number {
  return Math.min(revocations.freshness().heartbeatMs ?? LONGEST_HEARTBEAT_MS, LONGEST_HEARTBEAT_MS);
}
