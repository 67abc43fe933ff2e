import { type BatchDeleteEntryResponseOutput } from '@signet/api';
import {
  type Command,
  type CommandContext,
  defineCommand,
  flag,
  flagError,
  printOutput,
} from '@signet/daemon';
import { readJsonFile } from './data-file.ts';
import { statusText } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const flags = {
  ...apiFlags,
  entryID: flag.text('ID of the entry to delete', '', { placeholder: 'id' }),
  file: flag.text('File with the IDs of many, as JSON, instead of -entryID; "-" is standard input', '', {
    placeholder: 'path',
  }),
};

/** `signet-server entry delete` */
export const entryDeleteCommand: Command = defineCommand({
  path: 'entry delete',
  summary: 'Deletes registration entries',
  long: 'The SVIDs of a deleted entry are revoked. A file names many: {"ids": ["ID", "ID"]}.',
  examples: ['signet-server entry delete -entryID ID', 'signet-server entry delete -file ids.json'],
  flags,
  run: async (context) => {
    const ids = await idsOf(context);
    const answer = await withServer(context, 'entry', (client) =>
      callUnary(client, 'BatchDeleteEntry', { ids }),
    );
    if (context.output === 'json') printOutput(context, answer, () => '');
    else printDeleted(context, answer);
  },
});

async function idsOf(context: CommandContext<typeof flags>): Promise<string[]> {
  const { entryID, file } = context.flags;
  if (file !== '') return readJsonFile(file, context, (json) => json.only(['ids']).texts('ids'));
  if (entryID === '') throw flagError('an entry ID is required');
  return [entryID];
}

// The last line ends without a line feed, as scripts know it.
function printDeleted(
  context: CommandContext<typeof flags>,
  { results }: BatchDeleteEntryResponseOutput,
): void {
  const deleted = results.filter(({ status }) => status?.code === 0);
  const failed = results.filter(({ status }) => status?.code !== 0);
  for (const { id } of deleted) context.out(`Deleted entry with ID: ${id}\n`);
  if (deleted.length > 0) context.out('\n\n');
  for (const { id, status } of failed)
    context.err(`Failed to delete entry with ID ${id} (${statusText(status)})\n`);
  if (failed.length > 0) context.out('\n\n');
  context.out(summary(deleted.length, failed.length));
  if (failed.length === 0) return;
  context.err('\n');
  throw new Error('failed to delete one or more entries');
}

function summary(deleted: number, failed: number): string {
  if (failed === 0) return `Deleted ${deleted} entries successfully`;
  if (deleted === 0) return `Failed to delete ${failed} entries`;
  return `Deleted ${deleted} entries successfully, but failed to delete ${failed} entries`;
}
