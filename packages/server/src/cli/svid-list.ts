import type { IssuedSVIDOutput, SVIDKindInput } from '@signet/api';
import { type Command, defineCommand, flag, flagError, printOutput } from '@signet/daemon';
import { decimalHint } from '../revocation/serial-text.ts';
import { counted } from './go-text.ts';
import { readPages } from './read-pages.ts';
import { callUnary, withServer } from './server-client.ts';
import { apiFlags } from './server-flags.ts';
import { svidBlock } from './svid-block.ts';

const DEFAULT_LIMIT = 1000;
const KINDS: ReadonlyMap<string, SVIDKindInput> = new Map([
  ['', 'SVID_KIND_UNSPECIFIED'],
  ['x509', 'SVID_KIND_X509'],
  ['jwt', 'SVID_KIND_JWT'],
]);

/** `signet-server svid list` */
export const svidListCommand: Command = defineCommand({
  path: 'svid list',
  summary: 'Lists SVIDs that were issued',
  long: `The record of what this server issued, newest first: every X509-SVID and JWT-SVID, for whom, by whom it was asked for
and why. It goes back to what expired within ledger_retention. An SVID has to match all of the flags.`,
  examples: [
    'signet-server svid list -spiffeID spiffe://example.org/web -active',
    'signet-server svid list -spiffeID spiffe://example.org/batch -prefix -type jwt',
    'signet-server svid list -serial 5f0a9c1be4d7a03388f1b2c3d4e5f607 -output json',
  ],
  flags: {
    ...apiFlags,
    spiffeID: flag.text('Only SVIDs with this SPIFFE ID'),
    prefix: flag.bool('With -spiffeID: also all IDs below it'),
    entryID: flag.text('Only SVIDs issued for this entry', '', { placeholder: 'id' }),
    agent: flag.text('Only SVIDs that this agent asked for, by its SPIFFE ID', '', { placeholder: 'id' }),
    task: flag.text('Only SVIDs issued in this task', '', { placeholder: 'id' }),
    serial: flag.text('Only the X509-SVID with this serial number, in hex'),
    jti: flag.text('Only the JWT-SVID with this jti'),
    type: flag.text('Only X509-SVIDs, or only JWT-SVIDs', '', { choices: ['x509', 'jwt'] }),
    active: flag.bool('Only SVIDs that are neither expired nor revoked'),
    limit: flag.int('How many to list at most; 0 lists all', DEFAULT_LIMIT),
  },
  run: async (context) => {
    const { spiffeID, prefix, entryID, agent, task, serial, jti, type, active, limit } = context.flags;
    const kind = KINDS.get(type);
    if (kind === undefined) throw flagError('-type has to be x509 or jwt');
    if (limit < 0) throw flagError('-limit cannot be negative');
    const filter = {
      spiffe_id: spiffeID,
      is_prefix: prefix,
      entry_id: entryID,
      agent_id: agent,
      task_id: task,
      serial,
      jti,
      kind,
      is_active: active,
    };
    const { items: svids, more } = await withServer(context, 'ledger', (client) =>
      readPages(limit === 0 ? Infinity : limit, async (page) => {
        const answer = await callUnary(client, 'ListSVIDs', { filter, ...page });
        return { items: answer.svids, next: answer.next_page_token };
      }),
    );
    printOutput(context, { svids, next_page_token: more }, () => svidListText(svids, more !== '', serial));
  },
});

/** What a person reads of a list of SVIDs. @param hasMore - the list was cut. @param serial - that it was asked for. */
export function svidListText(svids: readonly IssuedSVIDOutput[], hasMore: boolean, serial = ''): string {
  const hint = svids.length === 0 ? decimalHint(serial) : '';
  if (hint !== '') return `Found 0 SVIDs${hint}\n\n`;
  const found = `Found ${counted(svids.length, 'SVID', 'SVIDs')}${hasMore ? ', and there are more: see -limit' : ''}\n\n`;
  const unnamed = svids.filter(({ kind, jti }) => kind === 'SVID_KIND_JWT' && jti === '').length;
  const note =
    unnamed === 0
      ? ''
      : `${counted(unnamed, 'JWT-SVID has', 'JWT-SVIDs have')} no jti, and can be revoked by entry, agent and task only: see jwt_svid_jti\n`;
  return found + svids.map((svid) => `${svidBlock(svid)}\n`).join('') + note;
}
