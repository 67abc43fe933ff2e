import { describe, expect, it } from '@jest/globals';
import { AttestationError, parseSpiffeId, parseTrustDomain, type SpiffeId, StoreError } from '@signet/core';
import { silentLogger } from '@signet/daemon';
import { type ServerNodeAttestor } from '@signet/plugins';
import { type AttestedNode, type NewAttestation } from '../datastore/agent-store.ts';
import { attestAgent, type AttestAgentDeps, type AttestAgentInput } from './attest-agent.ts';

const trustDomain = parseTrustDomain('example.org');
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/fake/a');
const input: AttestAgentInput = {
  type: 'fake',
  payload: new Uint8Array([1]),
  csrDer: new Uint8Array([1]),
  signal: new AbortController().signal,
  challenge: () => Promise.resolve(new Uint8Array()),
};

interface World {
  readonly id?: SpiffeId;
  readonly known?: Partial<AttestedNode>;
  readonly attest?: ServerNodeAttestor['attest'];
  readonly save?: () => Promise<void>;
}

function world({ id = agentId, known, attest, save }: World = {}) {
  const happened: string[] = [];
  const saved: NewAttestation[] = [];
  const attestor: ServerNodeAttestor = {
    type: 'fake',
    attest: attest ?? (() => Promise.resolve({ agentId: id, selectors: [], canReattest: true })),
    close: () => Promise.resolve(),
  };
  const deps: AttestAgentDeps = {
    trustDomain,
    attestors: new Map([['fake', attestor]]),
    agents: {
      get: () => Promise.resolve(known && ({ id, serialNumber: '1', ...known } as AttestedNode)),
      saveAttestation: async (attestation) => {
        happened.push('saved');
        saved.push(attestation);
        await save?.();
        return { id } as AttestedNode;
      },
    },
    issueAgentSvid: () => {
      happened.push('signed');
      const svid = {
        spiffeId: id,
        chainDer: [],
        serialHex: '0a',
        notBefore: 1,
        expiresAt: 2,
        authorityId: 'a',
      };
      return Promise.resolve(svid);
    },
    log: silentLogger,
  };
  return { deps, happened, saved };
}

describe('attestAgent', () => {
  it('signs, then remembers the node with its serial in decimal', async () => {
    const { deps, happened, saved } = world();
    await expect(attestAgent(input, deps)).resolves.toMatchObject({ agentId, canReattest: true });
    expect(happened).toEqual(['signed', 'saved']);
    expect(saved).toEqual([
      {
        id: agentId,
        attestationType: 'fake',
        serialNumber: '10',
        expiresAt: 2,
        canReattest: true,
        selectors: [],
      },
    ]);
  });

  it.each<[string, World, string]>([
    ['the server ID', { id: parseSpiffeId('spiffe://example.org/spire/server') }, 'ERR_ATTESTATION_AGENT_ID'],
    ['a workload ID', { id: parseSpiffeId('spiffe://example.org/w') }, 'ERR_ATTESTATION_AGENT_ID'],
    [
      'a foreign ID',
      { id: parseSpiffeId('spiffe://other.org/spire/agent/fake/a') },
      'ERR_ATTESTATION_AGENT_ID',
    ],
    ['a banned node', { known: { serialNumber: '' } }, 'ERR_PERMISSION_DENIED'],
    [
      'what the attestor refuses',
      { attest: () => Promise.reject(new AttestationError('ERR_ATTESTATION_FAILED', 'no')) },
      'ERR_ATTESTATION_FAILED',
    ],
  ])('signs nothing for %s', async (_name, changes, code) => {
    const { deps, happened } = world(changes);
    await expect(attestAgent(input, deps)).rejects.toMatchObject({ code });
    expect(happened).toEqual([]);
  });

  it('hands nothing out when the ban came while it signed', async () => {
    const save = () => Promise.reject(new StoreError('ERR_PERMISSION_DENIED', 'agent is banned'));
    await expect(attestAgent(input, world({ save }).deps)).rejects.toMatchObject({
      code: 'ERR_PERMISSION_DENIED',
      message: 'failed to attest: agent is banned',
    });
  });

  it('admits an agent whose ID lies outside of the namespace of its attestor, as SPIRE does', async () => {
    const { deps } = world({ id: parseSpiffeId('spiffe://example.org/spire/agent/by-name/a') });
    await expect(attestAgent(input, deps)).resolves.toMatchObject({ canReattest: true });
  });
});
