import { status } from '@grpc/grpc-js';
import {
  authorizedEntryFromWire,
  type EntryClient,
  type GetAuthorizedEntriesResponseOutput,
  type SyncAuthorizedEntriesRequestInput,
  type SyncAuthorizedEntriesResponseOutput,
  type WireEntryMaskInput,
  type WireEntryOutput,
} from '@signet/api';
import { type Clock, type RegistrationEntry, SignetError } from '@signet/core';
import type { Logger } from '@signet/daemon';
import { callDeadline, callUnary } from '../server-api/call.ts';
import { messageStream, type MessageStream } from '../server-api/message-stream.ts';
import { hasStatus } from '../server-api/server-call-error.ts';
import { type EntryVersion, inPages, planEntries } from './entry-plan.ts';
import { receivePages } from './receive-pages.ts';

const MASK: WireEntryMaskInput = {
  spiffe_id: true,
  selectors: true,
  federates_with: true,
  admin: true,
  downstream: true,
  expires_at: true,
  revision_number: true,
  store_svid: true,
  hint: true,
  additional_attributes: true,
  created_at: true,
};

/** No agent has as many: a list that is longer is none. */
const MAX_ENTRIES = 250_000;

/** What reading the entries needs. */
export interface EntrySyncDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

type Entries = ReadonlyMap<string, RegistrationEntry>;
type SyncStream = MessageStream<SyncAuthorizedEntriesRequestInput, SyncAuthorizedEntriesResponseOutput>;

/**
 * All entries that the agent is authorized for, by ID. Entries that cannot be read are left out with a warning.
 *
 * Only what changed is transferred when the server has many; a server without SyncAuthorizedEntries is asked for all.
 *
 * @param known - what the agent has from before; entries that did not change come back as the same objects.
 * @throws {ServerCallError} when the server refuses or cannot be reached.
 */
export async function fetchEntries(
  client: EntryClient,
  known: Entries,
  deps: EntrySyncDeps,
): Promise<Entries> {
  try {
    return await syncEntries(client, known, deps);
  } catch (error) {
    if (!hasStatus(error, status.UNIMPLEMENTED)) throw error;
    return getEntries(client, known, deps);
  }
}

async function getEntries(client: EntryClient, known: Entries, deps: EntrySyncDeps): Promise<Entries> {
  const { entries } = await callUnary<GetAuthorizedEntriesResponseOutput>(
    'GetAuthorizedEntries',
    deps.clock,
    (options, done) => client.GetAuthorizedEntries({ output_mask: MASK }, options, done),
  );
  return byId([], entries, known, deps);
}

async function syncEntries(client: EntryClient, known: Entries, deps: EntrySyncDeps): Promise<Entries> {
  const stream: SyncStream = messageStream(
    'SyncAuthorizedEntries',
    client.SyncAuthorizedEntries(callDeadline(deps.clock)),
  );
  try {
    stream.send({ output_mask: MASK });
    const first = await stream.receive();
    // Without revisions this one message is the whole list, whatever its `more` says.
    const entries =
      first.entry_revisions.length === 0
        ? byId([], first.entries, known, deps)
        : await syncSparsely(stream, first, known, deps);
    // A call that is given up is a reset to HTTP/2, and a connection with many of those is cut.
    stream.leave();
    return entries;
  } catch (error) {
    stream.close();
    throw error;
  }
}

async function syncSparsely(
  stream: SyncStream,
  first: SyncAuthorizedEntriesResponseOutput,
  known: Entries,
  deps: EntrySyncDeps,
): Promise<Entries> {
  const receive = (): Promise<SyncAuthorizedEntriesResponseOutput> => stream.receive();
  const revisions = await receivePages(receive, (page) => page.entry_revisions, MAX_ENTRIES, first);
  const plan = planEntries(known, revisions.map(versionFromWire));
  const fetched: WireEntryOutput[] = [];
  for (const ids of inPages(plan.request, first.entry_revisions.length)) {
    stream.send({ ids: [...ids] });
    for (const entry of await receivePages(receive, (page) => page.entries, ids.length)) fetched.push(entry);
  }
  return byId(plan.keep, fetched, known, deps);
}

function versionFromWire(wire: { id: string; revision_number: string; created_at: string }): EntryVersion {
  return { id: wire.id, revisionNumber: Number(wire.revision_number), createdAt: Number(wire.created_at) };
}

function byId(
  kept: readonly RegistrationEntry[],
  fetched: readonly WireEntryOutput[],
  known: Entries,
  deps: EntrySyncDeps,
): Entries {
  const entries = new Map(kept.map((entry) => [entry.id, entry]));
  for (const wire of fetched) {
    const entry = readEntry(wire, deps.logger);
    if (entry !== undefined) entries.set(entry.id, sameAsKnown(entry, known) ?? entry);
  }
  return entries;
}

function readEntry(wire: WireEntryOutput, logger: Logger): RegistrationEntry | undefined {
  try {
    return authorizedEntryFromWire(wire);
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    logger.warn('Ignoring malformed entry', { entry_id: wire.id, error });
    return undefined;
  }
}

function sameAsKnown(entry: RegistrationEntry, known: Entries): RegistrationEntry | undefined {
  const before = known.get(entry.id);
  const same = before?.revisionNumber === entry.revisionNumber && before.createdAt === entry.createdAt;
  return same ? before : undefined;
}
