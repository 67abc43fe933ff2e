import type { OperatorRecordedRevocationOutput, OperatorRevocationClient } from '@signet/api';
import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { revocationBlock } from './revocation-block.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';

const PAGE_SIZE = 1000;
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
    const { revocations, next } = await withServer(context, 'revocation', (client) =>
      listRevocations(client, String(after), limit === 0 ? Infinity : limit),
    );
    const plain = revocations.map(({ revocation, ...who }) => ({
      revocation: withoutTarget(revocation),
      ...who,
    }));
    printOutput(context, { revocations: plain, next_after: next }, () =>
      revocationListText(revocations, next !== '0'),
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

async function listRevocations(
  client: OperatorRevocationClient,
  from: string,
  limit: number,
): Promise<{ readonly revocations: readonly OperatorRecordedRevocationOutput[]; readonly next: string }> {
  const revocations: OperatorRecordedRevocationOutput[] = [];
  let after = from;
  do {
    const request = { after, page_size: Math.min(PAGE_SIZE, limit - revocations.length) };
    const page = await callUnary(client, 'ListRevocations', request);
    revocations.push(...page.revocations);
    after = page.next_after;
  } while (after !== '0' && revocations.length < limit);
  return { revocations, next: after };
}
