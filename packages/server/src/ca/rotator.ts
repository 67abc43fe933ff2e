import { AuthorityError, SignetError, nowSeconds, type Clock, type TrustDomain } from '@signet/core';
import { type Logger, type Metrics, noMetrics, timed } from '@signet/daemon';
import type { KeyManager } from '@signet/plugins';
import type { BundleStore } from '../datastore/bundle-store.ts';
import type { CaJournalStore } from '../datastore/ca-journal-store.ts';
import { decodeJournal } from './authority-journal.ts';
import { logFieldsOf, type Authority, type AuthorityKind } from './authority.ts';
import { AuthoritySlots } from './authority-slots.ts';
import type { AuthorityMaker } from './make-authority.ts';
import { authoritiesToPublish, publicationOf } from './publication.ts';
import { restoreSlots } from './restore-slots.ts';
import { planRotation, type RotationAction } from './rotation-plan.ts';

/** A plan that has not come to rest after this many steps is a bug, not work. */
const MAX_STEPS = 8;

export type AuthorityEvent = 'prepared' | 'activated';

/** Told before anything is signed with an activated authority. */
export type RotationListener = (event: AuthorityEvent, authority: Authority) => void;

export interface RotatorDeps {
  readonly trustDomain: TrustDomain;
  /** Names this server's journal. */
  readonly serverId: string;
  /** One maker per kind in use; JWT has none when JWT-SVIDs are off. */
  readonly makers: ReadonlyMap<AuthorityKind, AuthorityMaker>;
  readonly keyManager: KeyManager;
  readonly bundles: Pick<BundleStore, 'get' | 'append'>;
  readonly journals: Pick<CaJournalStore, 'load' | 'save'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly onChange: RotationListener;
  /** default: none. */
  readonly metrics?: Metrics;
}

/** Keeps two slots per kind of authority so that one is always active and its successor is published in time. */
export class Rotator {
  readonly #deps: RotatorDeps;
  #slots: AuthoritySlots | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: RotatorDeps) {
    this.#deps = deps;
  }

  /**
   * Does whatever is due now: the first time it restores the slots and fills what is missing.
   *
   * @throws {AuthorityError} `ERR_AUTHORITY_JOURNAL` the journal is damaged; nothing was replaced.
   * @throws {StoreError} {PluginError} what was active stays active.
   */
  rotate(): Promise<void> {
    this.#running ??= this.#rotateAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** The kinds that this server keeps authorities of. */
  get kinds(): readonly AuthorityKind[] {
    return [...this.#deps.makers.keys()];
  }

  /** Whether the slots are known; not so before the first rotation, and after another process wrote our journal. */
  get ready(): boolean {
    return this.#slots !== undefined;
  }

  /** All filled slots. */
  slots(): readonly Authority[] {
    return this.#slots?.all() ?? [];
  }

  async #rotateAll(): Promise<void> {
    const slots = this.#slots ?? (await this.#restore());
    try {
      for (const kind of this.#deps.makers.keys()) await this.#rotateKind(kind, slots);
    } catch (error) {
      // Another process wrote our journal: what we hold may be stale, so it is read again before anything is signed.
      if (error instanceof SignetError && error.code === 'ERR_ABORTED') this.#slots = undefined;
      throw error;
    }
  }

  async #rotateKind(kind: AuthorityKind, slots: AuthoritySlots): Promise<void> {
    const { metrics = noMetrics } = this.#deps;
    const counter = metrics.callCounter([
      'ca',
      'manager',
      kind === 'x509' ? 'x509_ca' : 'jwt_key',
      'prepare',
    ]);
    for (let step = 0; step < MAX_STEPS; step++) {
      const action = planRotation(kind, slots.ofKind(kind), this.#deps.clock.nowMs() / 1000);
      if (action === undefined) return;
      await (action.do === 'prepare'
        ? timed(counter, () => this.#prepare(action, slots))
        : this.#activate(action, slots));
    }
    throw new AuthorityError('ERR_AUTHORITY_STATE', `rotation of ${kind} authorities does not come to rest`);
  }

  /** Published first, journalled second: what is in a slot is always in the bundle. */
  async #prepare({ kind, slot }: RotationAction, slots: AuthoritySlots): Promise<void> {
    const maker = this.#deps.makers.get(kind);
    if (maker === undefined) throw new TypeError(`no maker for ${kind}`);
    const authority = await maker(slot);
    await this.#deps.bundles.append(this.#deps.trustDomain, authoritiesToPublish(authority));
    await slots.commit([authority]);
    this.#deps.logger.info(kind === 'x509' ? 'X509 CA prepared' : 'JWT key prepared', logFieldsOf(authority));
    this.#deps.onChange('prepared', authority);
  }

  async #activate({ kind, slot }: RotationAction, slots: AuthoritySlots): Promise<void> {
    const prepared = slots.get(kind, slot);
    if (prepared === undefined) throw new TypeError(`slot ${slot} is empty`);
    const publication = publicationOf(await this.#deps.bundles.get(this.#deps.trustDomain), prepared);
    if (publication !== 'published') {
      slots.drop(prepared);
      this.#deps.logger.warn('Prepared authority given up', {
        ...logFieldsOf(prepared),
        reason: publication,
      });
      return;
    }
    const former = slots.active(kind);
    const activated: Authority = { ...prepared, status: 'active' };
    await slots.commit(former ? [activated, { ...former, status: 'old' }] : [activated]);
    this.#deps.onChange('activated', activated);
    this.#deps.logger.info(
      kind === 'x509' ? 'X509 CA activated' : 'JWT key activated',
      logFieldsOf(activated),
    );
  }

  async #restore(): Promise<AuthoritySlots> {
    const { journals, serverId, keyManager, bundles, trustDomain, clock, logger, onChange } = this.#deps;
    const journal = await journals.load(serverId);
    const records = journal === undefined ? [] : decodeJournal(journal.data);
    const bundle = await bundles.get(trustDomain);
    const { authorities, dropped } = await restoreSlots(records, {
      keyManager,
      bundle,
      now: nowSeconds(clock),
    });
    for (const { record, reason } of dropped) {
      logger.warn('Slot is not used', {
        kind: record.kind,
        slot: record.slot,
        local_authority_id: record.authorityId,
        reason,
      });
    }
    const inUse = authorities.filter((authority) => this.#deps.makers.has(authority.kind));
    const slots = new AuthoritySlots({ store: journals, serverId, version: journal?.version ?? 0 }, inUse);
    this.#slots = slots;
    for (const authority of inUse) if (authority.status === 'active') onChange('activated', authority);
    return slots;
  }
}
