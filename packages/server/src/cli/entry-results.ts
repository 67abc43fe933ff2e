import type { WireEntryOutput, WireStatusOutput } from '@signet/api';
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
 * @throws when the output is for people and an item failed; as JSON the statuses say it.
 */
export function printEntryResults(
  context: CommandContext<FlagTable>,
  answer: readonly EntryResult[],
  asked: readonly WireEntryOutput[],
  verb: string,
): void {
  const results = answer.map(({ status, entry }, index) => {
    const shown = status?.code === 0 ? entry : asked[index];
    return { status, entry: entryJson(shown ?? ({} as WireEntryOutput)) };
  });
  const failed = results.filter(({ status }) => status?.code !== 0);
  printOutput(context, { results }, () =>
    results.flatMap(({ status, entry }) => (status?.code === 0 ? [entryBlock(entry)] : [])).join(''),
  );
  if (context.output === 'json' || failed.length === 0) return;
  for (const { status, entry } of failed) {
    context.err(`Failed to ${verb} the following entry (${statusText(status)}):\n${entryBlock(entry)}`);
  }
  throw new Error(`failed to ${verb} one or more entries`);
}
