import type { WireEntryOutput, WireStatusOutput, WireTaskPolicyOutput } from '@signet/api';
import { type CommandContext, type FlagTable, printOutput } from '@signet/daemon';
import { entryBlock } from './entry-block.ts';
import { entryJson } from './entry-json.ts';
import { statusText } from './go-text.ts';

interface EntryResult {
  readonly status: WireStatusOutput | null;
  readonly entry: WireEntryOutput | null;
}

/**
 * Prints the results of a batch: what was done to standard output, what failed to standard error.
 *
 * @param asked - the entries of the request; the answer does not hold those that failed.
 * @param verb - `create` or `update`.
 * @param policies - what the entries say of tasks, by entry ID.
 * @throws when the output is for people and an item failed; as JSON the statuses say it.
 */
export function printEntryResults(
  context: CommandContext<FlagTable>,
  answer: readonly EntryResult[],
  asked: readonly WireEntryOutput[],
  verb: string,
  policies: ReadonlyMap<string, WireTaskPolicyOutput> = new Map(),
): void {
  const results = answer.map(({ status, entry }, index) => {
    const shown = status?.code === 0 ? entry : asked[index];
    const policy = status?.code === 0 ? policies.get(shown?.id ?? '') : undefined;
    return { status, entry: entryJson(shown ?? ({} as WireEntryOutput)), policy };
  });
  const json = results.map(({ status, entry, policy }) => ({
    status,
    entry: { ...entry, ...(policy && { task_policy: policy }) },
  }));
  const failed = results.filter(({ status }) => status?.code !== 0);
  const done = results.filter(({ status }) => status?.code === 0);
  printOutput(context, { results: json }, () =>
    done.map(({ entry, policy }) => entryBlock(entry, policy)).join(''),
  );
  for (const note of notesOn(done.map(({ entry }) => entry))) context.err(`Note: ${note}\n`);
  if (context.output === 'json' || failed.length === 0) return;
  for (const { status, entry } of failed) {
    context.err(`Failed to ${verb} the following entry (${statusText(status)}):\n${entryBlock(entry)}`);
  }
  throw new Error(`failed to ${verb} one or more entries`);
}

/** What is stored, and will be passed on, but nothing here acts on. */
function notesOn(entries: readonly WireEntryOutput[]): readonly string[] {
  return [
    ...(entries.some(({ downstream }) => downstream)
      ? ['no CA certificates are issued to downstream servers yet: -downstream has no effect']
      : []),
    ...(entries.some(({ store_svid }) => store_svid)
      ? [
          'there are no SVIDStore plugins yet: with -storeSVID nobody gets the SVIDs of the entry from a Signet agent',
        ]
      : []),
  ];
}
