import { monotonicMs } from '@signet/daemon';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { StatusDocuments } from '../revocation/status-documents.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { FeedReaders } from './feed-news.ts';

/** Who acts on the server's news. */
export interface NewsDeps {
  readonly sync: Pick<SyncLoop, 'poke' | 'setPushed'>;
  readonly revocations: Pick<AgentRevocations, 'apply' | 'contact' | 'lost'>;
  readonly statusDocuments: Pick<StatusDocuments, 'fetch'>;
}

/** Takes the server's news to those that act on them. */
export function actOnNews({ sync, revocations, statusDocuments }: NewsDeps): FeedReaders {
  return {
    changed: () => sync.poke(),
    statusDocumentsChanged: () => statusDocuments.fetch(),
    revoked: ({ revocations: told, isFullState, latest }) => revocations.apply(told, { isFullState, latest }),
    tasksEnded: () => undefined,
    current: ({ heartbeatMs }) => revocations.contact(monotonicMs(), heartbeatMs),
    connected: () => sync.setPushed(true),
    lost: () => {
      sync.setPushed(false);
      revocations.lost();
    },
  };
}
