import type { OperatorRecordedRevocationOutput } from '@signet/api';
import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { readPages } from './read-pages.ts';
import { revocationBlock } from './revocation-block.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

/** Nothing comes after it. */
const LAST = '0';
const DEFAULT_LIMIT = 1000;

/** `signet-server revocation list` */
export const revocationListCommand: Command = defineCommand({
  path: 'revocation list',
  summary: 'Lists revocations that hold',
  long: 'Oldest first. One goes when the last SVID that it covers has expired by itself.',
  examples: ['signet-server revocation list', 'signet-server revocation list -after 17 -output json'],
  flags: {
    ...apiFlags,
    after: flag.int('Only those with a higher number', 0),
    limit: flag.int('How many to list at most; 0 lists all', DEFAULT_LIMIT),
  },
  run: async (context) => {
    const { after, limit } = context.flags;
    if (after < 0) throw flagError('-after cannot be negative');
    if (limit < 0) throw flagError('-limit cannot be negative');
    const { items: revocations, more } = await withServer(context, 'revocation', (client) =>
      readPages(limit === 0 ? Infinity : limit, async ({ page_size, page_token }) => {
        const request = { after: page_token === '' ? String(after) : page_token, page_size };
        const answer = await callUnary(client, 'ListRevocations', request);
        return { items: answer.revocations, next: answer.next_after === LAST ? '' : answer.next_after };
      }),
    );
    const plain = revocations.map(({ revocation, ...who }) => ({
      revocation: withoutTarget(revocation),
      ...who,
    }));
    printOutput(context, { revocations: plain, next_after: more === '' ? LAST : more }, () =>
      revocationListText(revocations, more !== ''),
    );
  },
});

/** What a person reads of a list of revocations. @param hasMore - the list was cut. */
export function revocationListText(
  revocations: readonly OperatorRecordedRevocationOutput[],
  hasMore: boolean,
): string {
  const more = hasMore ? ', and there are more: see -after and -limit' : '';
  const found = `Found ${counted(revocations.length, 'revocation', 'revocations')}${more}\n\n`;
  return found + revocations.map((each) => `${revocationBlock(each)}\n`).join('');
}

/** Which member of the oneof is set is not a part of the message. */
function withoutTarget(revocation: OperatorRecordedRevocationOutput['revocation']): object {
  const members = Object.entries(revocation ?? {}).filter(([name]) => name !== 'target');
  return Object.fromEntries(members);
}
