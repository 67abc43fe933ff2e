import { type EntryClient, type WireEntryOutput } from '@signet/api';
import {
  CallFailure,
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  flagError,
} from '@signet/daemon';
import { readEntryData } from './entry-data.ts';
import { type EntryFlags, entryFlags, entryOfFlags, requireEntryIds } from './entry-flags.ts';
import { printEntryResults } from './entry-results.ts';
import { callUnary, withServer } from './server-client.ts';
import { taskPoliciesOf } from './task-policies.ts';

/** `signet-server entry update` */
export const entryUpdateCommand: Command = defineCommand({
  path: 'entry update',
  summary: 'Updates registration entries',
  long: `The entry of the ID is replaced: what the command line does not say, it has no longer. Show the entry first
("entry show -entryID ID"), and repeat what shall stay. Two things stay by themselves: what the entry says of tasks,
which only "task policy" changes, and either of the attributes disableX509SVIDPrefetch and jwtSVIDIncludeJTI when the
other one is given.

Many entries at once come from a JSON file (-data) as for "entry create", each with its "entry_id". The other flags
are then ignored.`,
  examples: [
    'signet-server entry update -entryID ID -parentID spiffe://example.org/eu-nodes -spiffeID spiffe://example.org/web -selector unix:uid:1000 -x509SVIDTTL 3600',
    'signet-server entry update -data entries.json -output json',
  ],
  flags: {
    ...entryFlags,
    entryID: flag.text('ID of the entry to update; required without -data', '', { placeholder: 'id' }),
  },
  run: async (context) => {
    const { flags } = context;
    if (flags.data === '') {
      if (flags.entryID === '') throw flagError('entry ID is required');
      requireEntryIds(flags, false, 'a parent ID is required');
    }
    const given = flags.data === '' ? [entryOfFlags(flags, false)] : await readEntryData(flags.data, context);
    const [entries, answer] = await withServer(context, 'entry', async (client) => {
      const merged =
        flags.data === ''
          ? await Promise.all(given.map((entry) => mergeAttributes(client, context, entry)))
          : given;
      return [merged, await callUnary(client, 'BatchUpdateEntry', { entries: merged })] as const;
    });
    const policies = await taskPoliciesOf(entries, context);
    printEntryResults(context, answer.results, entries, 'update', policies);
  },
});

// No mask reaches into the attributes, so that giving one alone would clear the other.
async function mergeAttributes(
  client: EntryClient,
  context: CommandContext<EntryFlags>,
  entry: WireEntryOutput,
): Promise<WireEntryOutput> {
  const { flags } = context;
  const setsPrefetch = context.isSet('disableX509SVIDPrefetch');
  const setsJti = context.isSet('jwtSVIDIncludeJTI');
  if (!setsPrefetch && !setsJti) return entry;
  const { additional_attributes: now } = await existingEntry(client, entry.id);
  return {
    ...entry,
    additional_attributes: {
      disable_x509_svid_prefetch: setsPrefetch
        ? flags.disableX509SVIDPrefetch
        : (now?.disable_x509_svid_prefetch ?? false),
      jwt_svid_include_jti: setsJti ? flags.jwtSVIDIncludeJTI : (now?.jwt_svid_include_jti ?? false),
    },
  };
}

async function existingEntry(client: EntryClient, id: string): Promise<WireEntryOutput> {
  try {
    return await callUnary(client, 'GetEntry', { id });
  } catch (error) {
    throw new CallFailure('failed to fetch existing entry to merge additional attributes', error);
  }
}
