import type { Selector, SpiffeId } from '@signet/core';

/** Why a credential is issued: what the ledger keeps as its evidence. */
export type IssuanceOrigin =
  /** An agent asked for it, for an entry that it may serve. */
  | {
      readonly by: 'entry';
      readonly entryId: string;
      readonly agentId: SpiffeId;
      /** The task that it hangs from, when it was asked for in one. */
      readonly taskId?: string;
      /** The entry's selectors. */
      readonly selectors: readonly Selector[];
    }
  /** An agent's own SVID; the selectors are the node's. */
  | {
      readonly by: 'attestation' | 'renewal';
      readonly agentId: SpiffeId;
      readonly selectors: readonly Selector[];
    }
  /** Somebody with the right to mint asked for it. */
  | { readonly by: 'mint'; readonly actor: string }
  /** The server's own SVID. */
  | { readonly by: 'server' };

/** The task that a credential hangs from; undefined for none. */
export function taskOf(origin: IssuanceOrigin): string | undefined {
  return origin.by === 'entry' ? origin.taskId : undefined;
}
