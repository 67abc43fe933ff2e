import type { AgentRow } from './agent-rows.ts';
import type { EntryRow } from './entry-rows.ts';

/** A change as plain data; without its row, the thing is gone. */
export type ChangeRecord =
  | { readonly sequence: number; readonly kind: 'entry'; readonly id: string; readonly row?: EntryRow }
  | { readonly sequence: number; readonly kind: 'agent'; readonly id: string; readonly row?: AgentRow }
  | { readonly sequence: number; readonly kind: 'bundle'; readonly id: string };

/** What changed, before it has its place in the order. */
export type ChangedThing =
  | { readonly kind: 'entry'; readonly id: string; readonly row?: EntryRow }
  | { readonly kind: 'agent'; readonly id: string; readonly row?: AgentRow }
  | { readonly kind: 'bundle'; readonly id: string };
