import { type Clock, nowSeconds, type UnixSeconds } from '@signet/core';
import { type Logger, type Metrics, monotonicMs } from '@signet/daemon';
import { SEQUENCES_PER_SECOND } from '../datastore/revocation-store.ts';
import type { LostRevocations, SuspectedLoss } from './journal-record.ts';
import type { RevocationJournal } from './revocation-journal.ts';

/** What the alarm works with. */
export interface LossAlarmDeps {
  readonly journal: Pick<RevocationJournal, 'append' | 'synced'>;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Called when something was noted. */
  readonly onTurn: () => void;
}

/** What an earlier process noted. */
export interface NotedLosses {
  readonly lost: LostRevocations | undefined;
  readonly suspected: SuspectedLoss | undefined;
  /** Up to this sequence nothing follows from what agents say they hold. */
  readonly settled: number;
}

/** How far the clock of a restored server may be behind the one that gave a sequence, seconds. */
const SKEW = 60;
const WARN_EVERY_MS = 60_000;

/**
 * Notices that revocations are lost here, as after the restore of an old backup, and stays on until that is made up for.
 *
 * Agents are believed as far as one of them alone cannot harm: what one says is a suspicion, what two say is an alarm.
 * Nothing that they say changes what the server does otherwise.
 */
export class LossAlarm {
  readonly #deps: LossAlarmDeps;
  #lost: LostRevocations | undefined;
  #suspected: SuspectedLoss | undefined;
  #settled: number;
  #warnAtMs = -Infinity;

  constructor(deps: LossAlarmDeps, { lost, suspected, settled }: NotedLosses) {
    this.#deps = deps;
    this.#lost = lost;
    this.#suspected = suspected;
    this.#settled = settled;
    this.#count();
  }

  /** What is lost for sure; undefined when nothing is. */
  get lost(): LostRevocations | undefined {
    return this.#lost;
  }

  /** What one agent says; undefined when none does. */
  get suspected(): SuspectedLoss | undefined {
    return this.#suspected;
  }

  /** Up to this sequence nothing follows from what agents say they hold. */
  get settled(): number {
    return this.#settled;
  }

  /** Takes note of a sequence that was given and is not held any more: who names it tells nothing new. */
  settle(sequence: number): void {
    this.#settled = Math.max(this.#settled, sequence);
  }

  /** Hears of an agent that says it holds a revocation which is not known here. */
  hear(agentId: string, sequence: number): void {
    if (sequence <= this.#settled || this.#lost !== undefined || this.#suspected?.agentId === agentId) return;
    const { clock, logger } = this.#deps;
    const fields = { agent_id: agentId, revocation: sequence };
    const at = nowSeconds(clock);
    if (sequence > (at + SKEW) * SEQUENCES_PER_SECOND) {
      this.#warn('An agent claims to hold a revocation that cannot have been given', fields);
    } else if (this.#suspected === undefined) {
      logger.warn('An agent holds a revocation that is not known here', fields);
      this.#suspected = { at, agentId };
      this.#note({ kind: 'suspected', at, agentId });
    } else {
      logger.error('Agents hold revocations that are lost here; revoke what was issued before now', fields);
      this.#lost = { at };
      this.#note({ kind: 'lost', at });
    }
  }

  /** Notes that the server itself knows of a loss; durable when it resolves. @throws {StoreError} `ERR_STORE_UNAVAILABLE`. */
  async raise(): Promise<void> {
    if (this.#lost === undefined) {
      this.#lost = { at: nowSeconds(this.#deps.clock) };
      this.#note({ kind: 'lost', ...this.#lost });
    }
    await this.#deps.journal.synced();
  }

  /**
   * Notes that all that was issued before a time is revoked: losses that were seen by then are made up for.
   *
   * @throws {StoreError} `ERR_STORE_UNAVAILABLE`.
   */
  async recovered(before: UnixSeconds): Promise<void> {
    this.settle(before * SEQUENCES_PER_SECOND);
    this.#deps.journal.append([{ kind: 'settled', sequence: this.#settled }]);
    const seenAt = this.#lost?.at ?? this.#suspected?.at;
    if (seenAt !== undefined && seenAt <= before) {
      [this.#lost, this.#suspected] = [undefined, undefined];
      this.#note({ kind: 'recovered' });
      this.#deps.logger.info('What was lost is made up for: all that was issued before is revoked', {
        before,
      });
    }
    await this.#deps.journal.synced();
  }

  #note(record: Parameters<RevocationJournal['append']>[0][number]): void {
    this.#deps.journal.append([record]);
    this.#count();
    this.#deps.onTurn();
  }

  /** Agents may come back as often as they like: the log is not to grow with it. */
  #warn(message: string, fields: Record<string, unknown>): void {
    const nowMs = monotonicMs();
    if (nowMs < this.#warnAtMs) return;
    this.#warnAtMs = nowMs + WARN_EVERY_MS;
    this.#deps.logger.warn(message, fields);
  }

  #count(): void {
    this.#deps.metrics.gauge(['revocations', 'suspected_loss'], this.#suspected === undefined ? 0 : 1);
    this.#deps.metrics.gauge(['revocations', 'lost'], this.#lost === undefined ? 0 : 1);
  }
}
