import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId, StoreError } from '@signet/core';
import { type AttestedNode } from '../datastore/agent-store.ts';
import { renewAgent } from './renew-agent.ts';

const id = parseSpiffeId('spiffe://example.org/spire/agent/x509pop/a');
const csr = new Uint8Array([1]);

function world(
  node: Partial<AttestedNode> | undefined,
  renew: () => Promise<void> = () => Promise.resolve(),
) {
  const done: unknown[] = [];
  return {
    done,
    agents: {
      get: () => Promise.resolve(node && ({ id, canReattest: false, ...node } as AttestedNode)),
      renew: (agentId: unknown, renewal: unknown) => {
        done.push([agentId, renewal]);
        return renew();
      },
    },
    issueAgentSvid: () =>
      Promise.resolve({
        spiffeId: id,
        chainDer: [],
        serialHex: 'ff',
        notBefore: 1,
        expiresAt: 2,
        authorityId: 'a',
      }),
  };
}

describe('renewAgent', () => {
  it('signs, and keeps the serial in decimal as the one to come', async () => {
    const deps = world({});
    await expect(renewAgent(id, csr, deps)).resolves.toMatchObject({ serialHex: 'ff' });
    expect(deps.done).toEqual([[id, { serialNumber: '255', expiresAt: 2 }]]);
  });

  it.each([
    ['an unknown agent', undefined, csr, 'ERR_NOT_FOUND', 'agent not found'],
    [
      'an agent that can attest again',
      { canReattest: true },
      csr,
      'ERR_AGENT_MUST_REATTEST',
      'agent must reattest instead of renew',
    ],
    ['re-attestation before params', { canReattest: true }, undefined, 'ERR_AGENT_MUST_REATTEST', undefined],
    ['no params', {}, undefined, 'ERR_INVALID_ARGUMENT', 'params cannot be nil'],
  ])('refuses %s', async (_name, node, csrDer, code, message) => {
    const deps = world(node);
    await expect(renewAgent(id, csrDer, deps)).rejects.toMatchObject({ code, ...(message && { message }) });
    expect(deps.done).toEqual([]);
  });

  it('hands nothing out when the ban came while it signed', async () => {
    const banned = () => Promise.reject(new StoreError('ERR_PERMISSION_DENIED', 'agent is banned'));
    await expect(renewAgent(id, csr, world({}, banned))).rejects.toMatchObject({
      code: 'ERR_PERMISSION_DENIED',
    });
  });
});
