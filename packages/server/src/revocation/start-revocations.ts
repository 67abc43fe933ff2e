import { join } from 'node:path';
import { type Clock, StoreError } from '@signet/core';
import { delay, type Logger, type Metrics } from '@signet/daemon';
import type { Datastore } from '../datastore/datastore.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type GuardDeps, guardDatastore, revoking } from './guard-datastore.ts';
import { type Cover, IssuingBarrier, type TaskLineage } from './issuing-barrier.ts';
import { ServerRevocations } from './server-revocations.ts';
import { within } from './within.ts';

const JOURNAL = 'revocations.journal';
/** How long the ledger may take to learn of what was issued, milliseconds. */
const FLUSH_MS = 10_000;

/** What revoking begins with. */
export interface StartRevocationsDeps {
  readonly dataDir: string;
  readonly datastore: Datastore;
  readonly ledger: Pick<Ledger, 'flushed' | 'isLacking' | 'acceptLack'>;
  readonly tasks: TaskLineage;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** What everything that issues or revokes goes through. */
export interface StartedRevocations {
  readonly revocations: ServerRevocations;
  readonly barrier: IssuingBarrier;
  /** For all who change entries and agents, or revoke. */
  readonly guarded: Datastore;
  /** Carries out any other write that revokes, such as the end of tasks, under the same guard. */
  readonly revoking: <T>(cover: Cover, write: () => Promise<T>) => Promise<T>;
}

/** Gives up on a ledger that does not get on: whoever wants to revoke has to hear of that. */
function soon(flushed: Promise<void>): Promise<void> {
  const late = () => new StoreError('ERR_STORE_UNAVAILABLE', 'the ledger cannot be brought up to date');
  return within(flushed, FLUSH_MS, late);
}

/**
 * Opens the revocations, after the ledger: what is brought back has to find what it revoked.
 *
 * @throws {StoreError} `ERR_STORE_CORRUPT` the journal is damaged; `ERR_STORE_*`.
 */
export async function startRevocations(deps: StartRevocationsDeps): Promise<StartedRevocations> {
  const { dataDir, datastore, ledger, tasks, clock, metrics, logger } = deps;
  await ledger.flushed();
  const journalPath = join(dataDir, JOURNAL);
  const revocations = await ServerRevocations.open({ datastore, journalPath, clock, metrics, logger });
  if (ledger.isLacking) {
    logger.error(
      'The database lacks what was issued before: it is an older one; revoke what was issued before now',
    );
    await revocations.noteLoss();
    await ledger.acceptLack();
  }
  const barrier = new IssuingBarrier({ clock, revoked: revocations.set, delay, tasks });
  const guard: GuardDeps = {
    barrier,
    flushed: () => soon(ledger.flushed()),
    synced: () => revocations.synced(),
  };
  return {
    revocations,
    barrier,
    guarded: guardDatastore(datastore, guard),
    revoking: (cover, write) => revoking(cover, write, guard),
  };
}
