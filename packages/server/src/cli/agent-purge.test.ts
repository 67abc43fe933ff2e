import { describe, expect, it } from '@jest/globals';
import { purgeText } from './agent-purge.ts';

const purged = { agent_id: 'spiffe://example.org/spire/agent/a', deleted: true };
const kept = { agent_id: 'spiffe://example.org/spire/agent/b', deleted: false, error: 'rpc error' };

describe('purgeText', () => {
  it.each([
    ['nothing', [], false, 'No agents to purge.\n'],
    [
      'a dry run',
      [{ ...purged, deleted: false }],
      true,
      'Found 1 expired agent\n\n\nAgents that can be purged:\nSPIFFE ID         : spiffe://example.org/spire/agent/a\n',
    ],
    [
      'agents that went and one that stayed',
      [kept, purged],
      false,
      [
        'Found 2 expired agents\n',
        'Agents purged:',
        'SPIFFE ID         : spiffe://example.org/spire/agent/a',
        'Agents not purged:',
        'SPIFFE ID         : spiffe://example.org/spire/agent/b',
        'Error             : rpc error\n',
      ].join('\n'),
    ],
  ])('of %s', (_, agents, isDryRun, text) => {
    expect(purgeText(agents, isDryRun)).toBe(text);
  });
});
