import { type Clock, nowSeconds, RevocationRetention, type Seconds } from '@signet/core';
import { every, type Logger, type Metrics, monotonicMs, type Repetition } from '@signet/daemon';
import { type ServerConfig } from './config/server-config.ts';
import { type Datastore } from './datastore/datastore.ts';
import { pruneExpiredEntries } from './registration/prune-expired-entries.ts';
import { type ServerRevocations } from './revocation/server-revocations.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOUR_SECONDS = 3600;
const CA_JOURNAL_SECONDS = 14 * 24 * HOUR_SECONDS;
const CHANGES_SECONDS = 12 * HOUR_SECONDS;
/** How long tasks are known after their end: agents that were away report ends for a day at most. */
const ENDED_TASKS_SECONDS = 48 * HOUR_SECONDS;

/** What the jobs work with. */
export interface JobDeps {
  readonly datastore: Pick<
    Datastore,
    'entries' | 'agents' | 'joinTokens' | 'caJournals' | 'changes' | 'ledger' | 'tasks'
  >;
  readonly revocations: Pick<ServerRevocations, 'prune'>;
  readonly pruning: ServerConfig['agentPruning'];
  /** Undefined: no ledger is kept, and what there is of an earlier one goes as it expires. */
  readonly ledgerRetention: Seconds | undefined;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Starts what tidies the datastore: expired entries and tokens every 5 min, agents about every hour when configured,
 * journals of servers that are gone every 8 h, old changes every 6 h, the ledger and ended tasks every 5 min, revocations every minute.
 *
 * @returns ends all of it.
 * @spec spire-server-api §15 jobs
 */
export function startJobs(deps: JobDeps): () => Promise<void> {
  const { datastore, clock, logger } = deps;
  const now = (): number => nowSeconds(clock);
  const retention = new RevocationRetention(clock.nowMs(), monotonicMs());
  const forgettable = (): number => retention.forgettableAt(clock.nowMs(), monotonicMs());
  const jobs: Repetition[] = [
    every(5 * MINUTE_MS, () => pruneEntries(deps), { logger, name: 'Pruning of expired entries' }),
    every(5 * MINUTE_MS, () => pruneTokens(deps), { logger, name: 'Pruning of join tokens' }),
    every(5 * MINUTE_MS, () => pruneLedger(deps), { logger, name: 'Pruning of the ledger' }),
    every(MINUTE_MS, () => discard(deps.revocations.prune(forgettable())), {
      logger,
      name: 'Pruning of revocations',
    }),
    every(5 * MINUTE_MS, () => discard(datastore.tasks.prune(now() - ENDED_TASKS_SECONDS)), {
      logger,
      name: 'Pruning of ended tasks',
    }),
    every(8 * HOUR_MS, () => discard(datastore.caJournals.prune(now() - CA_JOURNAL_SECONDS)), {
      logger,
      name: 'Pruning of CA journals',
    }),
    every(6 * HOUR_MS, () => discard(datastore.changes.prune(now() - CHANGES_SECONDS)), {
      logger,
      name: 'Pruning of changes',
    }),
  ];
  const { pruning } = deps;
  if (pruning !== undefined) {
    jobs.push(
      every(HOUR_MS, () => pruneAgents(deps, pruning), { logger, name: 'Pruning of agents', jitter: 0.25 }),
    );
  }
  return async () => {
    await Promise.all(jobs.map((job) => job.stop()));
  };
}

async function discard(work: Promise<unknown>): Promise<void> {
  await work;
}

async function pruneEntries({ datastore, clock, metrics, logger }: JobDeps): Promise<void> {
  const end = metrics.callCounter(['registration_entry', 'manager', 'prune']).start();
  const count = await pruneExpiredEntries(nowSeconds(clock), datastore.entries);
  end(0);
  if (count > 0) logger.info('Pruned expired registration entries', { count });
}

async function pruneTokens({ datastore, clock, logger }: JobDeps): Promise<void> {
  const count = await datastore.joinTokens.pruneExpired(nowSeconds(clock));
  if (count > 0) logger.info('Pruned expired join tokens', { count });
}

async function pruneLedger({ datastore, clock, logger, ledgerRetention = 0 }: JobDeps): Promise<void> {
  const count = await datastore.ledger.prune(nowSeconds(clock) - ledgerRetention);
  if (count > 0) logger.debug('Pruned expired records of the ledger', { count });
}

async function pruneAgents(
  { datastore, clock, metrics, logger }: JobDeps,
  pruning: NonNullable<ServerConfig['agentPruning']>,
): Promise<void> {
  const end = metrics.callCounter(['node', 'manager', 'prune']).start();
  const count = await datastore.agents.pruneExpired({
    expiredBefore: nowSeconds(clock) - pruning.expiredFor,
    includeNonReattestable: pruning.includeNonReattestable,
    limit: pruning.batchSize,
  });
  end(0);
  if (count > 0) logger.info('Pruned expired agents', { count });
}
