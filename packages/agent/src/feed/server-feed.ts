import { status } from '@grpc/grpc-js';
import type { ConnectRequestInput, ConnectResponseOutput } from '@signet/api';
import { type Clock, nowSeconds } from '@signet/core';
import { type Logger, type Metrics, monotonicMs } from '@signet/daemon';
import { hasStatus } from '../server-api/server-call-error.ts';
import type { ServerChannel } from '../server-api/server-channel.ts';
import type { ServerConnection } from '../server-api/server-connection.ts';
import { Alarm } from '../sync/alarm.ts';
import type { FeedReaders } from './feed-news.ts';
import { type FeedCall, holdFeed, SilentFeedError } from './feed-stream.ts';
import { reconnectPauseMs } from './reconnect-plan.ts';
import { RevocationPages } from './revocation-pages.ts';

/** What holding the feed needs. */
export interface ServerFeedDeps {
  readonly connection: ServerConnection;
  readonly clock: Clock;
  readonly readers: FeedReaders;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** a number in [0, 1). */
  readonly draw: () => number;
  /** whether something ends when the feed is not back at once. */
  readonly isUrgent?: () => boolean;
  /** called for each failure; throws when the agent has to stop. */
  readonly onFailure: (error: unknown) => Promise<void>;
}

/** How the feed is. */
export interface FeedState {
  readonly state: 'connecting' | 'connected' | 'lost' | 'unsupported';
  /** since the last message of the server, milliseconds; absent when there was none. */
  readonly lastContactAgeMs?: number;
}

/** How a feed ended, and with it when the next is tried. */
type Ending = 'well' | 'replaced' | 'unsupported' | 'failed';

/** A server that had no feed may have been exchanged for one that has. */
const ASK_AGAIN_MS = 600_000;
/** How soon a feed is opened again that somebody cannot do without: once, then as any other. */
const URGENT_MS = 100;
const HURRY_MS = 1_000;
/** A feed that did not even last so long is not opened again at once, however well it ended. */
const SHORT_LIVED_MS = 1_000;

/**
 * Holds the server's feed, and has its news acted upon. A feed that is lost is opened again: at once when the server only
 * wanted another connection, else after a pause. A server without feeds is asked again with each new connection.
 */
export class ServerFeed {
  readonly #deps: ServerFeedDeps;
  readonly #alarm = new Alarm();
  #state: FeedState['state'] = 'connecting';
  #contactAtMs: number | undefined;
  #call: FeedCall | undefined;
  #ended: Promise<void> | undefined;
  #isReplaced = false;
  #hurriedAtMs = -Infinity;
  #settle: () => void = () => undefined;
  #position: Required<ConnectRequestInput> = { after_change: 0, after_revocation: 0, datastore_id: '' };

  /** Resolves when the agent has heard all that the server knows, or that it will not. */
  readonly settled: Promise<void> = new Promise((resolve) => (this.#settle = resolve));

  constructor(deps: ServerFeedDeps) {
    this.#deps = deps;
  }

  get state(): FeedState {
    const lastContactAgeMs = this.#contactAtMs === undefined ? undefined : monotonicMs() - this.#contactAtMs;
    return { state: this.#state, ...(lastContactAgeMs !== undefined && { lastContactAgeMs }) };
  }

  /** Opens the feed anew on the connection of now: the former one shows an SVID that was replaced. */
  reopen(): void {
    this.#isReplaced = true;
    this.#call?.cancel();
  }

  /** Somebody needs the server: tries again now, once a second at most. */
  hurry(): void {
    if (this.#state !== 'lost' || monotonicMs() - this.#hurriedAtMs < HURRY_MS) return;
    this.#hurriedAtMs = monotonicMs();
    this.#alarm.ring();
  }

  /** Resolves when the feed that is held has ended; at once when there is none. */
  heardOut(): Promise<void> {
    return this.#ended ?? Promise.resolve();
  }

  /** Holds the feed until the signal aborts. @throws {AgentError} when the agent has to stop. */
  async run(signal: AbortSignal): Promise<void> {
    const stopFollowing = this.#deps.connection.onOpen(() => this.#newConnection());
    const onAbort = (): void => this.#call?.cancel();
    signal.addEventListener('abort', onAbort);
    try {
      await this.#runUntil(signal);
    } finally {
      signal.removeEventListener('abort', onAbort);
      stopFollowing();
    }
  }

  async #runUntil(signal: AbortSignal): Promise<void> {
    let pauseMs: number | undefined;
    while (!signal.aborted) {
      const beganAtMs = monotonicMs();
      const ending = await this.#hold(signal);
      const hasLasted = monotonicMs() - beganAtMs > SHORT_LIVED_MS;
      if (hasLasted) pauseMs = undefined;
      if (ending === 'replaced' || (ending === 'well' && hasLasted)) continue;
      if (this.#state === 'connected') this.#become('lost');
      const isUrgent = pauseMs === undefined && ending === 'failed' && this.#deps.isUrgent?.() === true;
      pauseMs = isUrgent ? URGENT_MS * this.#deps.draw() : reconnectPauseMs(pauseMs, this.#deps.draw());
      await this.#alarm.wait(ending === 'unsupported' ? ASK_AGAIN_MS : pauseMs, signal);
    }
  }

  #newConnection(): void {
    if (this.#state === 'unsupported') this.#alarm.ring();
  }

  async #hold(signal: AbortSignal): Promise<Ending> {
    this.#isReplaced = false;
    try {
      await this.#deps.connection.use((channel) => this.#holdOn(channel));
      return 'well';
    } catch (error) {
      if (signal.aborted) return 'failed';
      return await this.#failed(error);
    } finally {
      this.#call = undefined;
    }
  }

  async #holdOn(channel: ServerChannel): Promise<void> {
    const pages = new RevocationPages();
    this.#call = channel.feed.Connect();
    const held = holdFeed(this.#call, {
      from: this.#position,
      onMessage: (message) => this.#heard(message, pages),
    });
    const ended = held.catch(() => undefined);
    this.#ended = ended;
    try {
      await held;
    } catch (error) {
      // Nothing gets through on this connection any more, whatever it looks like.
      if (error instanceof SilentFeedError) this.#deps.connection.abandon(channel);
      throw error;
    }
  }

  async #failed(error: unknown): Promise<Ending> {
    const { logger, onFailure } = this.#deps;
    if (this.#isReplaced) return 'replaced';
    this.#settle();
    if (hasStatus(error, status.UNIMPLEMENTED)) {
      if (this.#state !== 'unsupported')
        logger.info('The server has no feed, it is asked for news from time to time');
      this.#deps.readers.unsupported();
      this.#become('unsupported');
      return 'unsupported';
    }
    if (this.#state !== 'lost') logger.warn('The feed of the server was lost', { error });
    this.#become('lost');
    await onFailure(error);
    return 'failed';
  }

  #heard(message: ConnectResponseOutput, pages: RevocationPages): void {
    const { readers } = this.#deps;
    this.#contactAtMs = monotonicMs();
    this.#deps.metrics.gauge(['server_feed', 'last_contact'], nowSeconds(this.#deps.clock));
    if (this.#state !== 'connected') this.#become('connected');
    const revocations = pages.take(message);
    if (revocations !== undefined) readers.revoked(revocations);
    if (message.entries_changed || message.bundles_changed || message.authorities_changed) readers.changed();
    if (message.status_documents_changed) readers.statusDocumentsChanged();
    if (message.ended_tasks.length > 0) readers.tasksEnded(message.ended_tasks);
    if (message.tasks_changed) readers.tasksChanged();
    this.#advance(message, revocations?.latest);
    if (message.more) return;
    readers.current({
      heartbeatMs: message.heartbeat_ms,
      taskLeaseMs: message.task_lease_ms,
      areTasksSettled: !message.tasks_unsettled,
    });
    this.#settle();
  }

  #advance({ change, datastore_id }: ConnectResponseOutput, latestRevocation: number | undefined): void {
    const { after_revocation: before, datastore_id: ofBefore } = this.#position;
    // A full state of another datastore that was not heard to its end is no state of that datastore.
    const held = datastore_id === ofBefore ? before : 0;
    this.#position = { after_change: change, after_revocation: latestRevocation ?? held, datastore_id };
  }

  #become(state: FeedState['state']): void {
    const wasConnected = this.#state === 'connected';
    this.#state = state;
    this.#deps.metrics.gauge(['server_feed', 'connected'], state === 'connected' ? 1 : 0);
    if (state === 'connected') {
      this.#deps.logger.info('The server tells of changes');
      this.#deps.readers.connected();
    } else if (wasConnected || state === 'unsupported') this.#deps.readers.lost();
  }
}
