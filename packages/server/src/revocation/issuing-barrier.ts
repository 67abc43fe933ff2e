import { nowSeconds, type Clock, type RevocationSet, type Task } from '@signet/core';
import { taskOf } from '../ca/issuance-origin.ts';
import type { IssuedCredential } from '../ca/issued-credential.ts';
import type { IssuingGate, Passage } from '../ca/issuing-gate.ts';

/** Which credentials a revocation concerns. */
export type Cover = (credential: IssuedCredential) => boolean;

/** What the barrier works with. */
export interface IssuingBarrierDeps {
  readonly clock: Clock;
  /** The revocations that hold. */
  readonly revoked: Pick<RevocationSet, 'findSubject'>;
  readonly delay: (ms: number) => Promise<void>;
  /** default: there are no tasks. */
  readonly tasks?: TaskLineage;
}

/** The active tasks, as far as issuing in them goes. */
export interface TaskLineage {
  /** The task and all above it; undefined when it has ended. */
  lineage(taskId: string): readonly Pick<Task, 'id' | 'entryId'>[] | undefined;
}

/** Times are whole seconds: what is issued in the second of its revocation cannot be told from what was before it. */
const SECOND_MS = 1000;

/**
 * Keeps what is being issued from slipping past what is being revoked.
 *
 * A revocation finds what it revokes in the ledger. What was signed before and reaches the ledger after it would escape:
 * so every order that was under way at any moment of the revocation, or began during it, is held if it is concerned.
 * Whoever asked for it may ask again, and is then decided upon by what holds now.
 */
export class IssuingBarrier implements IssuingGate {
  readonly #deps: IssuingBarrierDeps;
  readonly #passages = new Set<Cover[]>();
  readonly #raised = new Set<Cover>();

  constructor(deps: IssuingBarrierDeps) {
    this.#deps = deps;
  }

  enter(): Passage {
    const missed = [...this.#raised];
    this.#passages.add(missed);
    return {
      isHeld: (credential) => this.#isMissed(credential, missed) || this.#isRevoked(credential),
      leave: () => void this.#passages.delete(missed),
    };
  }

  ready(spiffeIds: readonly string[]): Promise<void> | void {
    const { revoked, clock, delay } = this.#deps;
    const now = nowSeconds(clock);
    if (!spiffeIds.some((id) => revoked.findSubject(id, now))) return;
    return delay(SECOND_MS - (clock.nowMs() % SECOND_MS));
  }

  /** Begins a revocation, before it looks at the ledger. @returns ends it, after its commit has been told to all. */
  raise(cover: Cover): () => void {
    this.#raised.add(cover);
    for (const missed of this.#passages) missed.push(cover);
    return () => void this.#raised.delete(cover);
  }

  #isMissed(credential: IssuedCredential, missed: readonly Cover[]): boolean {
    const { origin } = credential;
    const taskId = taskOf(origin);
    if (taskId === undefined || origin.by !== 'entry') return missed.some((cover) => cover(credential));
    // What ends a task ends all below it, whichever entries those are of.
    const lineage = this.#deps.tasks?.lineage(taskId);
    if (lineage === undefined) return true;
    return lineage.some(({ id, entryId }) => {
      const asOfAbove = { ...credential, origin: { ...origin, taskId: id, entryId } };
      return missed.some((cover) => cover(asOfAbove));
    });
  }

  #isRevoked({ spiffeId, issuedAt }: IssuedCredential): boolean {
    return this.#deps.revoked.findSubject(spiffeId.uri, issuedAt) !== undefined;
  }
}
