import { type Command, defineCommand, flag, flagError } from '@signet/daemon';
import { revokeFlags, runRevoke } from './revoke-flags.ts';
import { apiFlags } from './server-flags.ts';

/** `signet-server entry revoke` */
export const entryRevokeCommand: Command = defineCommand({
  path: 'entry revoke',
  summary: 'Revokes the SVIDs that were issued for a registration entry',
  long: `The entry stays: its workloads get new SVIDs at once. Deleting an entry, or changing its SPIFFE ID, parent or selectors,
revokes by itself.`,
  examples: ['signet-server entry revoke -entryID ID -reason keyCompromise'],
  flags: {
    ...apiFlags,
    entryID: flag.text('ID of the entry; it may have been deleted', '', { placeholder: 'id' }),
    ...revokeFlags,
  },
  run: async (context) => {
    const { entryID } = context.flags;
    if (entryID === '') throw flagError('-entryID has to be given');
    await runRevoke(context, { entry_id: entryID });
  },
});
