import type { WireAgentOutput } from '@signet/api';
import { goTime } from '@signet/daemon';
import { spiffeIdText } from './go-text.ts';

const LABEL_WIDTH = 18;

function line(label: string, value: string): string {
  return `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

/** An agent as people and SPIRE's scripts read it, without the empty line at the end. */
export function agentBlock(agent: WireAgentOutput): string {
  return [
    line('SPIFFE ID', spiffeIdText(agent.id)),
    line('Attestation type', agent.attestation_type),
    line('Expiration time', goTime(agent.x509svid_expires_at)),
    agent.banned ? line('Banned', 'true') : line('Serial number', agent.x509svid_serial_number),
    line('Can re-attest', String(agent.can_reattest)),
    agent.agent_version === '' ? '' : line('Agent version', agent.agent_version),
  ].join('');
}
