import {
  entryToWire,
  type SyncAuthorizedEntriesRequestOutput,
  type SyncAuthorizedEntriesResponseInput,
  type WireEntryMaskOutput,
} from '@signet/api';
import { type Clock, nowSeconds, type RegistrationEntry, SignetError } from '@signet/core';
import { type AuthorizedEntries } from '../authz/authorized-entries.ts';
import { callerId } from './caller.ts';
import { entryBytes } from './entry-bytes.ts';
import { MAX_RECEIVE_BYTES } from './limits.ts';
import { type MessageStream } from './message-stream.ts';
import { type StreamHandler } from './service-host.ts';

/** Entries or revisions per response. Agents take the size of the first page as the page size of their requests. */
export const SYNC_PAGE_SIZE = 500;

/** Entries of one response, bytes: what gRPC clients take by themselves, with room for the message around them. */
const PAGE_BYTES = MAX_RECEIVE_BYTES - 4096;
/** ID, revision and time of creation, at most. */
const REVISION_BYTES = 512;

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
 * split. More than that, or more than a message may hold, goes out as revisions, and the agent asks for the entries that
 * it lacks.
 *
 * @spec spire-server-api §7
 */
export function syncAuthorizedEntriesHandler(
  deps: SyncDeps,
): StreamHandler<SyncAuthorizedEntriesRequestOutput, SyncAuthorizedEntriesResponseInput> {
  return async (stream, call) => {
    const request = await stream.read();
    if (request === undefined) return;
    const mask = initialMask(request);
    // The set is taken once: what changes meanwhile is for the next sync.
    const entries = deps.authorized.authorizedEntries(callerId(call.caller), nowSeconds(deps.clock));
    const [first] = pagesOf(entries, entryBytes);
    if (first?.more === false) {
      await sendEntries(stream, first, mask);
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
  for (const { page, more } of pagesOf(entries, () => REVISION_BYTES)) {
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
    for (const page of pagesOf(found, entryBytes)) await sendEntries(stream, page, mask);
  }
}

async function sendEntries(
  stream: SyncStream,
  { page, more }: Page<RegistrationEntry>,
  mask: WireEntryMaskOutput | null,
): Promise<void> {
  await stream.write({ entries: page.map((entry) => entryToWire(entry, mask)), more });
}

interface Page<T> {
  readonly page: readonly T[];
  readonly more: boolean;
}

/** The pages of a list, by count and by bytes; one empty page for an empty list. */
function* pagesOf<T>(items: readonly T[], bytesOf: (item: T) => number): Generator<Page<T>> {
  let start = 0;
  do {
    const end = endOfPage(items, start, bytesOf);
    yield { page: items.slice(start, end), more: end < items.length };
    start = end;
  } while (start < items.length);
}

/** Where the page ends that begins at `start`; it has one item at least. */
function endOfPage<T>(items: readonly T[], start: number, bytesOf: (item: T) => number): number {
  let end = start;
  let bytes = 0;
  for (const item of items.slice(start, start + SYNC_PAGE_SIZE)) {
    bytes += bytesOf(item);
    if (bytes > PAGE_BYTES && end > start) break;
    end += 1;
  }
  return end;
}
