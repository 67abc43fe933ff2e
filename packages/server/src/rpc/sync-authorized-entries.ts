import {
  entryToWire,
  type SyncAuthorizedEntriesRequestOutput,
  type SyncAuthorizedEntriesResponseInput,
  type WireEntryMaskOutput,
} from '@signet/api';
import { type Clock, nowSeconds, type RegistrationEntry, SignetError } from '@signet/core';
import { type AuthorizedEntries } from '../authz/authorized-entries.ts';
import { callerId } from './caller.ts';
import { type MessageStream } from './message-stream.ts';
import { type StreamHandler } from './service-host.ts';

/** Entries or revisions per response. Agents take the size of the first page as the page size of their requests. */
export const SYNC_PAGE_SIZE = 500;

type SyncStream = MessageStream<SyncAuthorizedEntriesRequestOutput, SyncAuthorizedEntriesResponseInput>;

/** What the handler needs. */
export interface SyncDeps {
  readonly authorized: Pick<AuthorizedEntries, 'authorizedEntries'>;
  readonly clock: Clock;
}

/**
 * The handler of SyncAuthorizedEntries.
 *
 * Up to one page of entries goes out whole, and the stream ends: agents read only one such response, so it is never
 * split. More than that goes out as revisions, and the agent asks for the entries that it lacks.
 *
 * @spec spire-server-api §7
 */
export function syncAuthorizedEntriesHandler(
  deps: SyncDeps,
): StreamHandler<SyncAuthorizedEntriesRequestOutput, SyncAuthorizedEntriesResponseInput> {
  return async (stream, call) => {
    const first = await stream.read();
    if (first === undefined) return;
    const mask = initialMask(first);
    // The set is taken once: what changes meanwhile is for the next sync.
    const entries = deps.authorized.authorizedEntries(callerId(call.caller), nowSeconds(deps.clock));
    if (entries.length <= SYNC_PAGE_SIZE) {
      await stream.write({ entries: entries.map((entry) => entryToWire(entry, mask)), more: false });
      return;
    }
    await sendRevisions(stream, entries);
    await answerRequests(stream, entries, mask);
  };
}

function initialMask({
  ids,
  output_mask: mask,
}: SyncAuthorizedEntriesRequestOutput): WireEntryMaskOutput | null {
  if (ids.length > 0) {
    throw new SignetError('ERR_INVALID_ARGUMENT', 'specifying IDs on initial request is not supported');
  }
  if (mask !== null && !mask.revision_number) {
    throw new SignetError('ERR_INVALID_ARGUMENT', 'revision number cannot be masked');
  }
  return mask;
}

async function sendRevisions(stream: SyncStream, entries: readonly RegistrationEntry[]): Promise<void> {
  for (const { page, more } of pagesOf(entries)) {
    const revisions = page.map(({ id, revisionNumber, createdAt }) => ({
      id,
      revision_number: revisionNumber,
      created_at: createdAt,
    }));
    await stream.write({ entry_revisions: revisions, more });
  }
}

async function answerRequests(
  stream: SyncStream,
  entries: readonly RegistrationEntry[],
  mask: WireEntryMaskOutput | null,
): Promise<void> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (let request = await stream.read(); request !== undefined; request = await stream.read()) {
    // Each entry once, however often it is asked for: an answer is never larger than what the agent owns.
    const found = [...new Set(request.ids)].flatMap((id) => byId.get(id) ?? []);
    for (const { page, more } of pagesOf(found)) {
      await stream.write({ entries: page.map((entry) => entryToWire(entry, mask)), more });
    }
  }
}

/** The pages of a list; one empty page for an empty list. */
function* pagesOf<T>(
  items: readonly T[],
): Generator<{ readonly page: readonly T[]; readonly more: boolean }> {
  let start = 0;
  do {
    const end = start + SYNC_PAGE_SIZE;
    yield { page: items.slice(start, end), more: end < items.length };
    start = end;
  } while (start < items.length);
}
