import type {
  OperatorRevokeRequestInput,
  OperatorRevokeResponseOutput,
  WireRevocationReasonInput,
} from '@signet/api';
import { type Flag, flag, flagError, printOutput } from '@signet/daemon';
import { counted } from './go-text.ts';
import { callUnary, withServer } from './server-client.ts';

const REASONS: ReadonlyMap<string, WireRevocationReasonInput> = new Map([
  ['unspecified', 'REVOCATION_REASON_UNSPECIFIED'],
  ['keyCompromise', 'REVOCATION_REASON_KEY_COMPROMISE'],
  ['superseded', 'REVOCATION_REASON_SUPERSEDED'],
  ['cessationOfOperation', 'REVOCATION_REASON_CESSATION_OF_OPERATION'],
  ['privilegeWithdrawn', 'REVOCATION_REASON_PRIVILEGE_WITHDRAWN'],
]);

/** What all commands that revoke may be told. */
export const revokeFlags: {
  readonly reason: Flag<string>;
  readonly comment: Flag<string>;
  readonly dryRun: Flag<boolean>;
} = {
  reason: flag.text('Why, as CRLs say it', 'unspecified', { choices: [...REASONS.keys()] }),
  comment: flag.text('Says why in the record, up to 256 characters'),
  dryRun: flag.bool('Only say what would be revoked'),
};

/** The values of {@link revokeFlags}. */
export interface RevokeFlagValues {
  readonly reason: string;
  readonly comment: string;
  readonly dryRun: boolean;
}

/** Has the server revoke, and says what that reached. */
export async function runRevoke(
  context: Parameters<typeof printOutput>[0] &
    Parameters<typeof withServer>[0] & { readonly flags: RevokeFlagValues },
  target: OperatorRevokeRequestInput,
): Promise<void> {
  const { reason, comment, dryRun } = context.flags;
  const wireReason = REASONS.get(reason);
  if (wireReason === undefined) throw flagError(`-reason has to be one of ${[...REASONS.keys()].join(', ')}`);
  const request = { ...target, reason: wireReason, comment, dry_run: dryRun };
  const answer = await withServer(context, 'revocation', (client) => callUnary(client, 'Revoke', request));
  printOutput(context, answer, () => revokedText(answer, dryRun));
}

/** What a person reads of what was revoked. */
export function revokedText(
  { revocation, x509_svids: x509, jwt_svids: jwt, tasks, agents, streams }: OperatorRevokeResponseOutput,
  isDryRun: boolean,
): string {
  const credentials = [counted(x509, 'X509-SVID', 'X509-SVIDs'), counted(jwt, 'JWT-SVID', 'JWT-SVIDs')];
  const what = [...credentials, ...(tasks > 0 ? [counted(tasks, 'task', 'tasks')] : [])].join(', ');
  if (isDryRun) return `Would revoke: ${what}\n`;
  if (revocation === '0') return `Nothing was revoked: no SVID that is still valid was found\n`;
  const told = `${counted(agents, 'agent', 'agents')} on ${counted(streams, 'stream', 'streams')}`;
  const hit =
    x509 + jwt + tasks === 0 ? 'nothing that is on record; what else there may be is refused' : what;
  return `Revoked: ${hit} (revocation ${revocation})\nTold: ${told}\n`;
}
