import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { type LocalWatchRevocationsResponseInput, revocationToWire } from '@signet/api';
import type { Revocation } from '@signet/core';
import { every, type Logger, type Metrics, type PeerRegistry, type UnixPeer } from '@signet/daemon';
import type { AgentRevocations, RevocationChange } from '../revocation/agent-revocations.ts';
import type { AgentCache } from '../sync/agent-cache.ts';
import { workloadCallRecorder } from './call-log.ts';
import { createEnding } from './ending.ts';
import type { OpenStreams } from './open-streams.ts';
import type { WorkloadCall } from './workload-api.ts';
import { requireSecurityHeader } from './workload-request.ts';

/** What telling of revocations needs. */
export interface WatchRevocationsDeps {
  readonly peers: () => PeerRegistry;
  /** Finds out who calls. @throws when it may not know. */
  readonly verifier: (call: WorkloadCall) => Promise<UnixPeer>;
  readonly streams: OpenStreams;
  readonly cache: Pick<AgentCache, 'trustDomain'>;
  readonly revocations: AgentRevocations;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

type Message = LocalWatchRevocationsResponseInput;
type RevocationCall = ServerWritableStream<object, Message>;

/** How often a watcher hears that nothing new is known, at least. */
const LONGEST_HEARTBEAT_MS = 5_000;
/** Some 60 bytes each: a message stays far below what clients take. */
const PAGE = 5_000;
/** A watcher that lags behind by more is told the whole state instead. */
const MAX_WAITING = 20_000;

/**
 * Tells a verifier what it has to refuse: all that holds, then what comes, and how fresh the agent's knowledge is.
 *
 * @throws as the feeds of bundles do: {AuthorizationError} `ERR_NO_IDENTITY_ISSUED` for a caller that is nobody.
 */
export function watchRevocationsHandler(
  deps: WatchRevocationsDeps,
): handleServerStreamingCall<object, Message> {
  const recorder = workloadCallRecorder('WatchRevocations', deps);
  return (call) => {
    const record = recorder(call);
    serve(call, deps).then(
      () => record.succeeded(),
      (error: unknown) => void call.emit('error', record.failed(error)),
    );
  };
}

async function serve(call: RevocationCall, deps: WatchRevocationsDeps): Promise<void> {
  requireSecurityHeader(call.metadata);
  const peer = await deps.verifier(call);
  const ending = createEnding();
  const release = deps.streams.open(peer, ending.fail);
  const heartbeatMs = heartbeatOf(deps.revocations);
  const watcher = new RevocationWatcher(call, deps, heartbeatMs);
  const unfollow = deps.revocations.onChange((change) => watcher.tell(change));
  const heartbeat = every(heartbeatMs, () => watcher.beat(), { logger: deps.logger, name: 'Heartbeat' });
  call.once('cancelled', ending.succeed);
  if (call.cancelled) ending.succeed();
  try {
    await ending.reached;
  } finally {
    unfollow();
    void heartbeat.stop();
    release();
    watcher.close();
  }
}

/** The server's own, where that is quicker: so that verifiers are not told later than the agent is. */
function heartbeatOf(revocations: AgentRevocations): number {
  return Math.min(revocations.freshness().heartbeatMs ?? LONGEST_HEARTBEAT_MS, LONGEST_HEARTBEAT_MS);
}

/** Sends to one watcher, at its pace: one message is under way at a time, and what waits is bounded. */
class RevocationWatcher {
  readonly #call: RevocationCall;
  readonly #revocations: AgentRevocations;
  readonly #trustDomain: string;
  readonly #heartbeatMs: number;
  #waiting: Revocation[] = [];
  #isFullState = false;
  #isDue = false;
  #busy = false;
  #closed = false;

  constructor(call: RevocationCall, { revocations, cache }: WatchRevocationsDeps, heartbeatMs: number) {
    this.#call = call;
    this.#heartbeatMs = heartbeatMs;
    this.#revocations = revocations;
    this.#trustDomain = cache.trustDomain.name;
    this.#startOver();
    this.beat();
  }

  tell({ revocations, isFullState }: RevocationChange): void {
    if (isFullState || this.#waiting.length + revocations.length > MAX_WAITING) this.#startOver();
    else this.#waiting.push(...revocations);
    this.beat();
  }

  /** Says how fresh the agent's knowledge is, with what waits. */
  beat(): void {
    this.#isDue = true;
    if (!this.#busy) this.#send();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #startOver(): void {
    this.#waiting = [...this.#revocations.set.values()].sort((a, b) => a.sequence - b.sequence);
    this.#isFullState = true;
  }

  #send(): void {
    if (this.#closed || !this.#isDue) return;
    const revocations = this.#waiting.splice(0, PAGE);
    const more = this.#waiting.length > 0;
    const message = this.#message(revocations, more);
    this.#isFullState = false;
    this.#isDue = more;
    this.#busy = true;
    this.#call.write(message, (error?: Error | null) => {
      this.#busy = false;
      if (error === undefined || error === null) this.#send();
      else this.close();
    });
  }

  #message(revocations: readonly Revocation[], more: boolean): Message {
    const { ageMs, isSupported, heartbeatMs = 0 } = this.#revocations.freshness();
    return {
      revocations: revocations.map(revocationToWire),
      is_full_state: this.#isFullState,
      more,
      revocation: this.#revocations.set.latest,
      age_ms: isSupported ? Math.round(Math.min(ageMs, Number.MAX_SAFE_INTEGER)) : 0,
      // Verifiers count in heartbeats, as the agent does: all of them refuse what is too old at the same age.
      heartbeat_ms: Math.max(heartbeatMs, this.#heartbeatMs),
      is_supported: isSupported,
      trust_domain: this.#trustDomain,
      is_over: this.#revocations.isOver,
    };
  }
}
