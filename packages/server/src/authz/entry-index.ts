import type { RegistrationEntry, SpiffeId, TrustDomain, UnixSeconds } from '@signet/core';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { Page, PageRequest } from '../datastore/page.ts';
import type { AuthorizedEntries } from './authorized-entries.ts';
import { EntryIndexMemory } from './entry-index-memory.ts';

const PAGE_SIZE = 2000;

/** A change that the index has taken over. `before` is the entry that it replaced. */
export interface AppliedChange {
  readonly change: Change;
  readonly before: RegistrationEntry | undefined;
}

/** Which agents an entry can be of. */
export interface EntryParents {
  /** The parent IDs that make entries the agent's directly: its own ID and those of its node aliases. */
  roots(agentId: SpiffeId, at: UnixSeconds): ReadonlySet<string>;
  /** Whether an entry gives this ID to a workload, so that entries below it can be of other agents too. Looks at all. */
  hasWorkload(uri: string): boolean;
  /** Calls the listener with what each commit changed, once the index has it. A listener must not throw. @returns ends it. */
  onApplied(listener: (changes: readonly AppliedChange[]) => void): () => void;
}

/** The authorized entries of one datastore, current until it is closed. */
export interface EntryIndex extends AuthorizedEntries, EntryParents {
  /** Stops following the datastore. */
  close(): void;
}

/**
 * Fills an index from the datastore and keeps it current: every commit of this process is in it before the writer
 * hears that it is done.
 *
 * Commits during the load are kept back and applied after it, in order; whatever a page saw of them, the last word on
 * each entry is the newest commit's.
 *
 * @throws {StoreError} the datastore cannot be read: there is no index rather than a partial one.
 */
export async function openEntryIndex(
  datastore: Pick<Datastore, 'entries' | 'agents' | 'changes'>,
  trustDomain: TrustDomain,
): Promise<EntryIndex> {
  const memory = new EntryIndexMemory(trustDomain);
  const listeners = new Set<(changes: readonly AppliedChange[]) => void>();
  let keptBack: Change[] | undefined = [];
  const close = datastore.changes.onCommit((changes) => {
    if (keptBack !== undefined) {
      keptBack.push(...changes);
      return;
    }
    const applied = changes.map((change) => ({ change, before: memory.apply(change) }));
    for (const listener of listeners) listener(applied);
  });
  try {
    await load(memory, datastore);
  } catch (cause) {
    close();
    throw cause;
  }
  for (const change of keptBack) memory.apply(change);
  keptBack = undefined;
  return {
    authorizedEntries: memory.authorizedEntries.bind(memory),
    authorizedEntry: memory.authorizedEntry.bind(memory),
    callerRights: memory.callerRights.bind(memory),
    roots: memory.roots.bind(memory),
    hasWorkload: memory.hasWorkload.bind(memory),
    onApplied: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

async function load(
  index: EntryIndexMemory,
  datastore: Pick<Datastore, 'entries' | 'agents'>,
): Promise<void> {
  await eachPage(
    (page) => datastore.entries.list({}, page),
    (entry) => index.apply({ sequence: 0, kind: 'entry', id: entry.id, entry }),
  );
  await eachPage(
    (page) => datastore.agents.list({}, page, { withSelectors: true }),
    (node) => index.apply({ sequence: 0, kind: 'agent', id: node.id.uri, node }),
  );
}

async function eachPage<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  visit: (item: Item) => void,
): Promise<void> {
  let token = '';
  do {
    const page = await list({ size: PAGE_SIZE, token });
    page.items.forEach(visit);
    token = page.nextPageToken;
  } while (token !== '');
}
