import { REVOCATION_REASON_CODES } from '@signet/core';
import type { RevocationGrounds } from './revocation-rows.ts';

/** Revocations that nobody asked for: they follow from what became of an entry or an agent. */
function following(actor: string, reason: keyof typeof REVOCATION_REASON_CODES): RevocationGrounds {
  return { actor, reason: REVOCATION_REASON_CODES[reason], comment: '' };
}

export const entryDeleted: RevocationGrounds = following('entry deleted', 'cessationOfOperation');
export const entryExpired: RevocationGrounds = following('entry expired', 'cessationOfOperation');
export const entryChanged: RevocationGrounds = following('entry changed', 'superseded');
export const entryTaskOnly: RevocationGrounds = following('entry made task-only', 'superseded');
export const taskEnded: RevocationGrounds = following('task ended', 'cessationOfOperation');
export const agentBanned: RevocationGrounds = following('agent banned', 'privilegeWithdrawn');
export const agentDeleted: RevocationGrounds = following('agent deleted', 'privilegeWithdrawn');
