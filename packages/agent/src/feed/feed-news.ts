import type { WireTaskOutput } from '@signet/api';
import type { RevocationNews } from './revocation-pages.ts';

/** Who is told what the feed brings. None of these may throw but `revoked`, which ends the feed when it does. */
export interface FeedReaders {
  /** Entries, bundles or authorities changed: to be asked for by the ordinary calls. */
  changed(): void;
  /** CRLs or status lists changed. */
  statusDocumentsChanged(): void;
  revoked(news: RevocationNews): void;
  /** Tasks of this agent that were ended elsewhere. */
  tasksEnded(tasks: readonly WireTaskOutput[]): void;
  /** Tasks were begun elsewhere, or what entries say of tasks changed: to be asked for. */
  tasksChanged(): void;
  /** The agent knew everything that the server did at this moment. */
  current(contact: FeedContact): void;
  /** The feed is there: it tells of changes, so that nobody has to ask. */
  connected(): void;
  /** The feed is gone, or the server has none. */
  lost(): void;
  /** The server has no feed. Comes before `lost`. */
  unsupported(): void;
}

/** What the server promised last. */
export interface FeedContact {
  readonly heartbeatMs: number;
  /** How long tasks outlive the loss of the feed. */
  readonly taskLeaseMs: number;
  /** The server knows which tasks have ended; not so shortly after it was started anew. */
  readonly areTasksSettled: boolean;
}
