import type { AgentRow } from './agent-rows.ts';
import type { EntryRow } from './entry-rows.ts';
import type { RevocationRow } from './revocation-rows.ts';
import type { TaskPolicyRow, TaskRow } from './task-rows.ts';

/** A change as plain data; without its row, the thing is gone. */
export type ChangeRecord =
  | { readonly sequence: number; readonly kind: 'entry'; readonly id: string; readonly row?: EntryRow }
  | { readonly sequence: number; readonly kind: 'agent'; readonly id: string; readonly row?: AgentRow }
  | { readonly sequence: number; readonly kind: 'bundle'; readonly id: string }
  /** `id` is the newest sequence; without rows, they are to be read. */
  | {
      readonly sequence: number;
      readonly kind: 'revocation';
      readonly id: string;
      readonly rows?: readonly RevocationRow[];
    }
  /** `isReported`: its agent ended it. */
  | {
      readonly sequence: number;
      readonly kind: 'task';
      readonly id: string;
      readonly row?: TaskRow;
      readonly isReported?: boolean;
    }
  /** What an entry says of tasks; `id` is the entry's. */
  | {
      readonly sequence: number;
      readonly kind: 'task_policy';
      readonly id: string;
      readonly row?: TaskPolicyRow;
    };

/** What changed, before it has its place in the order. */
export type ChangedThing =
  | { readonly kind: 'entry'; readonly id: string; readonly row?: EntryRow }
  | { readonly kind: 'agent'; readonly id: string; readonly row?: AgentRow }
  | { readonly kind: 'bundle'; readonly id: string }
  | { readonly kind: 'revocation'; readonly id: string; readonly rows?: readonly RevocationRow[] }
  | { readonly kind: 'task'; readonly id: string; readonly row?: TaskRow; readonly isReported?: boolean }
  | { readonly kind: 'task_policy'; readonly id: string; readonly row?: TaskPolicyRow };
