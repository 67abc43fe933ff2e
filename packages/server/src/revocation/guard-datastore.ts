import type { Datastore } from '../datastore/datastore.ts';
import type { EntryUpdate } from '../datastore/entry-store.ts';
import { coverAgent, coverAllEntries, coverEntries, coverTarget, coverTasks } from './covers.ts';
import type { Cover, IssuingBarrier } from './issuing-barrier.ts';

/** What revoking needs beside the datastore. */
export interface GuardDeps {
  readonly barrier: Pick<IssuingBarrier, 'raise'>;
  /** Resolves when the ledger knows of all that was handed out before. */
  readonly flushed: () => Promise<void>;
  /** Resolves when all revocations that were committed are durable beside the database, too. */
  readonly synced: () => Promise<void>;
}

/**
 * The datastore for all who change it: whatever revokes, by itself or because an entry or agent ends, finds all that was
 * issued before, lets nothing past that is being issued, and is answered only when it is durable.
 */
export function guardDatastore(datastore: Datastore, deps: GuardDeps): Datastore {
  const { entries, agents, bundles, revocations, tasks } = datastore;
  const guard = <T>(cover: Cover, write: () => Promise<T>): Promise<T> => revoking(cover, write, deps);
  return {
    ...datastore,
    entries: {
      ...entries,
      delete: (ids) => guard(coverEntries(ids), () => entries.delete(ids)),
      deleteExpired: (ids, at) => guard(coverEntries(ids), () => entries.deleteExpired(ids, at)),
      update: (updates) => {
        const ids = updates.filter(changesIdentity).map(({ id }) => id);
        if (ids.length === 0) return entries.update(updates);
        return guard(coverEntries(ids), () => entries.update(updates));
      },
    },
    agents: {
      ...agents,
      ban: (id) => guard(coverAgent(id.uri), () => agents.ban(id)),
      delete: (id) => guard(coverAgent(id.uri), () => agents.delete(id)),
    },
    bundles: {
      ...bundles,
      delete: (trustDomain, mode) => {
        // Which entries go with it is known to the database only.
        if (mode !== 'delete') return bundles.delete(trustDomain, mode);
        return guard(coverAllEntries, () => bundles.delete(trustDomain, mode));
      },
    },
    revocations: {
      ...revocations,
      revoke: (order) => {
        if (order.isDryRun) return deps.flushed().then(() => revocations.revoke(order));
        return guard(coverTarget(order.target), () => revocations.revoke(order));
      },
    },
    tasks: {
      ...tasks,
      end: (order) => {
        if (order.isDryRun) return deps.flushed().then(() => tasks.end(order));
        return guard(coverTasks(order.endings.map(({ id }) => id)), () => tasks.end(order));
      },
      setPolicy: (entryId, policy) => guard(coverEntries([entryId]), () => tasks.setPolicy(entryId, policy)),
    },
  };
}

/** Carries out a write that revokes. */
export async function revoking<T>(cover: Cover, write: () => Promise<T>, deps: GuardDeps): Promise<T> {
  const lower = deps.barrier.raise(cover);
  try {
    await deps.flushed();
    const result = await write();
    await deps.synced();
    return result;
  } finally {
    lower();
  }
}

function changesIdentity({ fields }: EntryUpdate): boolean {
  return fields.spiffeId !== undefined || fields.parentId !== undefined || fields.selectors !== undefined;
}
