import type { WireAgentOutput } from '@signet/api';
import { describe, expect, it } from '@jest/globals';
import { agentBlock } from './agent-block.ts';
import { agentListText } from './agent-list.ts';

const agent: WireAgentOutput = {
  id: { trust_domain: 'example.org', path: '/spire/agent/x509pop/a' },
  attestation_type: 'x509pop',
  x509svid_serial_number: '12345678901234567890',
  x509svid_expires_at: '1795450864',
  selectors: [],
  banned: false,
  can_reattest: true,
  agent_version: '',
};

const BLOCK = `SPIFFE ID         : spiffe://example.org/spire/agent/x509pop/a
Attestation type  : x509pop
Expiration time   : 2026-11-23 16:21:04 +0000 UTC
Serial number     : 12345678901234567890
Can re-attest     : true
`;

describe('agentBlock', () => {
  it('leaves out a version that is not known', () => {
    expect(agentBlock(agent)).toBe(BLOCK);
  });

  it('shows a ban in place of the serial number, and the version', () => {
    expect(agentBlock({ ...agent, banned: true, agent_version: '1.2.3' })).toBe(
      BLOCK.replace(/Serial number .*/, 'Banned            : true') + 'Agent version     : 1.2.3\n',
    );
  });
});

describe('agentListText', () => {
  it.each([
    [0, 'No attested agents found\n'],
    [1, `Found 1 attested agent:\n\n${BLOCK}\n`],
    [2, `Found 2 attested agents:\n\n${BLOCK}\n${BLOCK}\n`],
  ])('of %i agents', (count, text) => {
    expect(agentListText(Array.from({ length: count }, () => agent))).toBe(text);
  });
});
