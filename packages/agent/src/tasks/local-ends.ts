import type { UnixSeconds } from '@signet/core';
import type { AgentRevocations } from '../revocation/agent-revocations.ts';
import type { TaskReport } from './task-journal.ts';

/** As the server's own: verifiers accept a little beyond the end. */
const MARGIN = 300;

/**
 * Has the agent's own verifier, and whoever watches it, refuse what was issued in a task, before the server says so. Where
 * nothing was there is nothing to refuse, and to remember; what is remembered lasts as long as what was issued, as the
 * server's own word does.
 */
export function applyEnd(
  { taskId, at, issuedUntil }: Pick<TaskReport, 'taskId' | 'at' | 'issuedUntil'>,
  { revocations }: { readonly revocations: Pick<AgentRevocations, 'set' | 'apply'> },
): void {
  if (issuedUntil === 0) return;
  // Whatever the clock says: one that is ahead is put right some day, and what was issued would be accepted again.
  const expiresAt: UnixSeconds = issuedUntil + MARGIN;
  // It has no place in the server's sequence, so it gets one that says nothing new.
  const { latest } = revocations.set;
  const revocation = {
    sequence: Math.max(1, latest),
    reason: 'cessationOfOperation' as const,
    revokedAt: at,
    expiresAt,
    target: { kind: 'task' as const, taskId },
  };
  revocations.apply([revocation], { isFullState: false, latest });
}
