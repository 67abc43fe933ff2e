import { monotonicMs } from '@signet/daemon';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { StatusDocuments } from '../revocation/status-documents.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { AgentTasks } from '../tasks/agent-tasks.ts';
import type { TaskEntries } from '../tasks/task-entries.ts';
import type { FeedReaders } from './feed-news.ts';

/** Who acts on the server's news. */
export interface NewsDeps {
  readonly sync: Pick<SyncLoop, 'poke' | 'setPushed'>;
  readonly revocations: Pick<AgentRevocations, 'apply' | 'contact' | 'unsettled' | 'lost' | 'unsupported'>;
  readonly statusDocuments: Pick<StatusDocuments, 'fetch'>;
  readonly tasks: Pick<AgentTasks, 'endedElsewhere' | 'reconcile' | 'contact' | 'connected' | 'lost'>;
  readonly taskEntries: Pick<TaskEntries, 'refresh'>;
}

/** Takes the server's news to those that act on them. */
export function actOnNews({ sync, revocations, statusDocuments, tasks, taskEntries }: NewsDeps): FeedReaders {
  return {
    changed: () => {
      sync.poke();
      taskEntries.refresh();
    },
    statusDocumentsChanged: () => statusDocuments.fetch(),
    revoked: ({ revocations: told, isFullState, latest }) => revocations.apply(told, { isFullState, latest }),
    tasksEnded: (ended) => tasks.endedElsewhere(ended),
    tasksChanged: () => {
      taskEntries.refresh();
      tasks.reconcile();
    },
    current: ({ heartbeatMs, areTasksSettled }) => {
      if (areTasksSettled) revocations.contact(monotonicMs(), heartbeatMs);
      else revocations.unsettled(heartbeatMs);
      tasks.contact(heartbeatMs);
    },
    connected: () => {
      sync.setPushed(true);
      taskEntries.refresh();
      tasks.connected();
    },
    unsupported: () => revocations.unsupported(),
    lost: () => {
      sync.setPushed(false);
      revocations.lost();
      tasks.lost();
    },
  };
}
