import type { IssuedCredential } from './issued-credential.ts';

/** The way of one order, from before it is decided until its credentials are handed out. */
export interface Passage {
  /** Whether a revocation that came meanwhile concerns the credential: then it must not be handed out. */
  isHeld(credential: IssuedCredential): boolean;
  /** The way is over, however it ended. */
  leave(): void;
}

/** What stands between signing and handing out, so that nothing slips past a revocation. */
export interface IssuingGate {
  /** Begins an order, in the same turn of the event loop as the decision to issue. */
  enter(): Passage;
  /** Resolves when what is issued to these SPIFFE IDs is told apart from what was revoked, which takes a second at most. */
  ready(spiffeIds: readonly string[]): Promise<void> | void;
}

/** Lets everything pass. */
export const noIssuingGate: IssuingGate = {
  enter: () => ({ isHeld: () => false, leave: () => undefined }),
  ready: () => undefined,
};
