import type { OperatorRevokeRequestInput } from '@signet/api';
import { type Command, type CommandContext, defineCommand, flag, flagError } from '@signet/daemon';
import { readTextFile } from './data-file.ts';
import { revokeFlags, runRevoke } from './revoke-flags.ts';
import { apiFlags } from './server-flags.ts';

const flags = {
  ...apiFlags,
  serial: flag.text('Serial number of the X509-SVID to revoke, in hex'),
  authorityID: flag.text(
    'With -serial: the authority that issued it, by its subject key ID; needed when the ledger does not know it',
    '',
    {
      placeholder: 'id',
    },
  ),
  jti: flag.text('jti of the JWT-SVID to revoke'),
  token: flag.text('File with the JWT-SVID to revoke itself; "-" is standard input', '', {
    placeholder: 'path',
  }),
  spiffeID: flag.text('Revoke all that was issued to this SPIFFE ID until now'),
  prefix: flag.bool('With -spiffeID: and to all IDs below it'),
  task: flag.text('Revoke all that was issued in this task and below it, and end it', '', {
    placeholder: 'id',
  }),
  issuedBefore: flag.text(
    'Revoke all that was issued before this time, to whomever: RFC 3339, or "now"',
    '',
    {
      placeholder: 'time',
    },
  ),
  ...revokeFlags,
};

type Flags = CommandContext<typeof flags>['flags'];

/** `signet-server svid revoke` */
export const svidRevokeCommand: Command = defineCommand({
  path: 'svid revoke',
  summary: 'Revokes SVIDs that were issued',
  long: `They are refused from now on: by workloads of connected agents within a second, by those who go by CRLs and status
lists as soon as they look. What is issued afterwards is not concerned: to keep a workload from getting another SVID,
delete its entry. With -issuedBefore agents have to attest again, too.

The token of a JWT-SVID is a secret; pass it on standard input, not as an argument.`,
  examples: [
    'signet-server svid revoke -serial 5f0a9c1be4d7a03388f1b2c3d4e5f607 -reason keyCompromise',
    'signet-server svid revoke -token - < token.jwt',
    'signet-server svid revoke -spiffeID spiffe://example.org/batch -prefix -dryRun',
    'signet-server svid revoke -task TASK -comment "went wrong"',
    'signet-server svid revoke -issuedBefore 2026-11-23T18:00:00Z -comment "backup of Sunday restored"',
  ],
  flags,
  run: async (context) => runRevoke(context, await targetOf(context)),
});

async function targetOf(context: CommandContext<typeof flags>): Promise<OperatorRevokeRequestInput> {
  const { serial, authorityID, jti, token, spiffeID, prefix, task, issuedBefore } = context.flags;
  checkFlags(context.flags);
  if (serial !== '') return { x509_svid: { serial, authority_id: authorityID } };
  if (jti !== '') return { jwt_svid: { jti } };
  if (spiffeID !== '') return { subject: { spiffe_id: spiffeID, is_prefix: prefix } };
  if (task !== '') return { task_id: task };
  if (issuedBefore !== '') return { issued_before: readTime(issuedBefore) };
  return { jwt_svid: { token: (await readTextFile(token, context)).trim() } };
}

function checkFlags({ serial, authorityID, jti, token, spiffeID, prefix, task, issuedBefore }: Flags): void {
  const named = [serial, jti, token, spiffeID, task, issuedBefore].filter((value) => value !== '').length;
  if (named !== 1)
    throw flagError('one of -serial, -jti, -token, -spiffeID, -task and -issuedBefore has to be given');
  if (authorityID !== '' && serial === '') throw flagError('-authorityID goes with -serial');
  if (prefix && spiffeID === '') throw flagError('-prefix goes with -spiffeID');
}

/** Seconds since the epoch. A time without a zone is refused: it is not the one that somebody else means by it. */
function readTime(text: string): number {
  // What was issued in this very second is meant, too.
  if (text === 'now') return Math.floor(Date.now() / 1000) + 1;
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(ms)) throw flagError('-issuedBefore has to be a time like 2026-11-23T18:00:00Z, or "now"');
  return Math.ceil(ms / 1000);
}
