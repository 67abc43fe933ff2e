import type { AgentDenial } from '@signet/api';

/** When the server refused the agent. */
export type RefusalPhase =
  /** in the first synchronization after the start. */
  | 'first-sync'
  /** in a later synchronization, or while renewing. */
  | 'later';

/** What the agent does about a refusal. */
export type RefusalAction =
  /** try again later, with back-off. */
  | 'retry'
  /** attest anew with the attestor, and go on. */
  | 'reattest'
  /** forget the stored SVID and stop: the next start attests anew. */
  | 'forget-and-exit';

/**
 * What follows from a refusal. A refusal without a reason that is understood is never final: the agent tries again.
 *
 * @param canReattest - what the server said when it issued the SVID.
 * @spec SPIRE server API §13, last table
 */
export function refusalAction(
  denial: AgentDenial | undefined,
  phase: RefusalPhase,
  canReattest: boolean,
): RefusalAction {
  switch (denial) {
    case undefined:
      return 'retry';
    case 'AGENT_BANNED':
      return 'forget-and-exit';
    case 'AGENT_EXPIRED':
    case 'AGENT_NOT_ATTESTED':
    case 'AGENT_NOT_ACTIVE':
    case 'AGENT_MUST_REATTEST':
      return phase === 'later' && canReattest ? 'reattest' : 'forget-and-exit';
  }
}

/** The log line for a refusal that makes the agent stop. The texts are SPIRE's. */
export function refusalMessage(denial: AgentDenial): string {
  return denial === 'AGENT_BANNED'
    ? 'Agent is banned: removing SVID and shutting down'
    : 'Agent needs to re-attest: removing SVID and shutting down';
}
