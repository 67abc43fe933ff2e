import type { TrustDomain } from '@signet/core';
import type { Change } from '../datastore/change-log.ts';
import type { Datastore } from '../datastore/datastore.ts';
import type { Page, PageRequest } from '../datastore/page.ts';
import type { AuthorizedEntries } from './authorized-entries.ts';
import { EntryIndexMemory } from './entry-index-memory.ts';

const PAGE_SIZE = 2000;

/** The authorized entries of one datastore, current until it is closed. */
export interface EntryIndex extends AuthorizedEntries {
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
  let keptBack: Change[] | undefined = [];
  const close = datastore.changes.onCommit((changes) => {
    for (const change of changes) {
      if (keptBack === undefined) memory.apply(change);
      else keptBack.push(change);
    }
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
