import type { CaJournalStore } from '../datastore/ca-journal-store.ts';
import { encodeJournal } from './authority-journal.ts';
import type { Authority, AuthorityKind, SlotName } from './authority.ts';

/** The filled slots; what they hold is in the journal before it is here. */
export class AuthoritySlots {
  readonly #journals: Pick<CaJournalStore, 'save'>;
  readonly #serverId: string;
  #filled: readonly Authority[];
  #version: number;

  constructor(
    journal: { store: Pick<CaJournalStore, 'save'>; serverId: string; version: number },
    filled: readonly Authority[],
  ) {
    this.#journals = journal.store;
    this.#serverId = journal.serverId;
    this.#version = journal.version;
    this.#filled = filled;
  }

  all(): readonly Authority[] {
    return this.#filled;
  }

  ofKind(kind: AuthorityKind): readonly Authority[] {
    return this.#filled.filter((authority) => authority.kind === kind);
  }

  get(kind: AuthorityKind, slot: SlotName): Authority | undefined {
    return this.#filled.find((authority) => authority.kind === kind && authority.slot === slot);
  }

  active(kind: AuthorityKind): Authority | undefined {
    return this.#filled.find((authority) => authority.kind === kind && authority.status === 'active');
  }

  /**
   * Takes these authorities into their slots, after the journal has them.
   *
   * @throws {StoreError} `ERR_ABORTED` another process wrote the journal; nothing was taken.
   */
  async commit(changed: readonly Authority[]): Promise<void> {
    const kept = this.#filled.filter(
      (held) => !changed.some((next) => next.kind === held.kind && next.slot === held.slot),
    );
    const next = [...kept, ...changed];
    this.#version = await this.#journals.save(this.#serverId, encodeJournal(next), this.#version);
    this.#filled = next;
  }

  /** Forgets a slot; the journal follows at the next commit. */
  drop(authority: Authority): void {
    this.#filled = this.#filled.filter((held) => held !== authority);
  }
}
