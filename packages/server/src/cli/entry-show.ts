import {
  type EntryClient,
  type ListEntriesRequestInput,
  type ListEntriesResponseOutput,
  type WireEntryOutput,
} from '@signet/api';
import { CallFailure, type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { entryBlock } from './entry-block.ts';
import { type EntryFilter, entryFilterFlags, entryFilterOf } from './entry-filter.ts';
import { entryJson } from './entry-json.ts';
import { counted, spiffeIdText } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { taskPoliciesOf } from './task-policies.ts';

const PAGE_SIZE = 500;

/** `signet-server entry show` */
export const entryShowCommand: Command = defineCommand({
  path: 'entry show',
  summary: 'Displays configured registration entries',
  long: 'Shows the entries that match all of the filters; without a filter, all. They are sorted by SPIFFE ID.',
  examples: [
    'signet-server entry show',
    'signet-server entry show -spiffeID spiffe://example.org/web',
    'signet-server entry show -selector unix:uid:1000 -matchSelectorsOn any -output json',
  ],
  flags: {
    ...entryFilterFlags,
    entryID: flag.text('ID of the one entry to show; without -parentID, -spiffeID and -selector', '', {
      placeholder: 'id',
    }),
  },
  run: async (context) => {
    const { entryID, parentID, spiffeID, selector } = context.flags;
    if (entryID !== '' && (parentID !== '' || spiffeID !== '' || selector.length > 0)) {
      throw flagError("the -entryID flag can't be combined with others");
    }
    const filter = entryID === '' ? entryFilterOf(context.flags) : {};
    const entries = await withServer(context, 'entry', (client) =>
      entryID === '' ? allEntries(client, filter) : oneEntry(client, entryID),
    );
    entries.sort(compareEntries);
    const policies = await taskPoliciesOf(entries, context);
    const shown = entries.map((entry) => ({ entry, policy: policies.get(entry.id) }));
    const json = shown.map(({ entry, policy }) => ({
      ...entryJson(entry),
      ...(policy && { task_policy: policy }),
    }));
    printOutput(context, { entries: json, next_page_token: '' }, () =>
      [
        `Found ${counted(entries.length, 'entry', 'entries')}\n`,
        ...shown.map(({ entry, policy }) => entryBlock(entry, policy)),
      ].join(''),
    );
  },
});

async function oneEntry(client: EntryClient, id: string): Promise<WireEntryOutput[]> {
  try {
    return [await callUnary(client, 'GetEntry', { id })];
  } catch (error) {
    throw new CallFailure(`error fetching entry ID ${id}`, error);
  }
}

async function allEntries(client: EntryClient, filter: EntryFilter): Promise<WireEntryOutput[]> {
  const entries: WireEntryOutput[] = [];
  let token = '';
  do {
    const page = await entryPage(client, { filter, page_size: PAGE_SIZE, page_token: token });
    entries.push(...page.entries);
    token = page.next_page_token;
  } while (token !== '');
  return entries;
}

async function entryPage(
  client: EntryClient,
  request: ListEntriesRequestInput,
): Promise<ListEntriesResponseOutput> {
  try {
    return await callUnary(client, 'ListEntries', request);
  } catch (error) {
    throw new CallFailure('error fetching entries', error);
  }
}

function compareEntries(a: WireEntryOutput, b: WireEntryOutput): number {
  return (
    compare(spiffeIdText(a.spiffe_id), spiffeIdText(b.spiffe_id)) ||
    compare(spiffeIdText(a.parent_id), spiffeIdText(b.parent_id)) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
