import { describe, expect, it } from '@jest/globals';
import { parseSpiffeId } from '@signet/core';
import { type AttestedNode } from '../datastore/agent-store.ts';
import { authorize, type AuthorizeDeps } from './authorize.ts';
import { type Caller } from './caller.ts';

const NOW = 1_800_000_000;
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/join_token/t');
const workloadId = parseSpiffeId('spiffe://example.org/workload');

const local: Caller = { kind: 'local', uid: 0, gid: 0, pid: 1 };
const anonymous: Caller = { kind: 'remote', ip: '192.0.2.1', address: '192.0.2.1:5000' };
const withSvid = (id = workloadId, serialNumber = '100', expiresAt = NOW + 60): Caller => ({
  ...anonymous,
  svid: { id, serialNumber, expiresAt },
});

const revoked = (caller: Caller): Caller =>
  caller.kind === 'remote' && caller.svid !== undefined
    ? { ...caller, svid: { ...caller.svid, isRevoked: () => true } }
    : caller;

const inTask = (caller: Caller): Caller =>
  caller.kind === 'remote' && caller.svid !== undefined
    ? { ...caller, svid: { ...caller.svid, taskId: 'AAAAAAAAAAAAAAAAAAAAAA' } }
    : caller;

const node: AttestedNode = {
  id: agentId,
  attestationType: 'join_token',
  serialNumber: '100',
  expiresAt: NOW + 60,
  newSerialNumber: '',
  newExpiresAt: 0,
  canReattest: false,
  agentVersion: '',
  selectors: [],
};

interface World {
  readonly node?: Partial<AttestedNode>;
  readonly rights?: { readonly admin: boolean; readonly downstream: boolean };
  readonly adminIds?: readonly string[];
}

function deps({ node: changes, rights, adminIds }: World = {}): AuthorizeDeps & {
  readonly activated: string[];
} {
  const activated: string[] = [];
  return {
    activated,
    adminIds: new Set(adminIds ?? []),
    entries: { callerRights: () => rights ?? { admin: false, downstream: false } },
    agents: {
      get: (id) =>
        Promise.resolve(changes !== undefined && id.equals(agentId) ? { ...node, ...changes } : undefined),
      activateNewSerial: (_id, serial) => {
        activated.push(serial);
        return Promise.resolve(true);
      },
    },
    clock: { nowMs: () => NOW * 1000 },
  };
}

const OPEN = '/spire.api.server.agent.v1.Agent/AttestAgent';
const MANAGED = '/spire.api.server.entry.v1.Entry/ListEntries';
const AGENTS = '/spire.api.server.agent.v1.Agent/RenewAgent';
const SHARED = '/spire.api.server.bundle.v1.Bundle/GetFederatedBundle';
const DOWNSTREAM = '/spire.api.server.svid.v1.SVID/NewDownstreamX509CA';
const LOCAL = '/grpc.health.v1.Health/Check';

describe('authorize lets in', () => {
  it.each<[string, string, Caller, World, string, string]>([
    ['anybody to an open method', OPEN, anonymous, {}, 'any', 'policy'],
    ['an SVID of a task to an open method', OPEN, inTask(withSvid()), {}, 'any', 'policy'],
    ['the local socket', MANAGED, local, {}, 'local', 'socket'],
    ['the local socket to local methods', LOCAL, local, {}, 'local', 'socket'],
    ['an admin by configuration', MANAGED, withSvid(), { adminIds: [workloadId.uri] }, 'admin', 'config'],
    [
      'an admin by entry',
      MANAGED,
      withSvid(),
      { rights: { admin: true, downstream: false } },
      'admin',
      'entry',
    ],
    [
      'a downstream server',
      DOWNSTREAM,
      withSvid(),
      { rights: { admin: false, downstream: true } },
      'downstream',
      'entry',
    ],
    ['an active agent', AGENTS, withSvid(agentId), { node: {} }, 'agent', 'node'],
    ['an active agent to a shared method', SHARED, withSvid(agentId), { node: {} }, 'agent', 'node'],
  ])('%s', async (_name, method, caller, world, as, via) => {
    await expect(authorize(method, caller, deps(world))).resolves.toEqual({ as, via });
  });
});

describe('authorize refuses', () => {
  it.each<[string, string, Caller, World, string]>([
    ['a method that is not in the table', '/x/Y', local, {}, 'ERR_AUTHORIZATION_DENIED'],
    ['a caller without SVID', MANAGED, anonymous, {}, 'ERR_AUTHORIZATION_DENIED'],
    ['a caller without SVID at an agent method', AGENTS, anonymous, {}, 'ERR_AUTHORIZATION_DENIED'],
    ['a plain workload', MANAGED, withSvid(), {}, 'ERR_AUTHORIZATION_DENIED'],
    ['an agent at a management method', MANAGED, withSvid(agentId), { node: {} }, 'ERR_AUTHORIZATION_DENIED'],
    ['the local socket at an agent method', AGENTS, local, {}, 'ERR_AUTHORIZATION_DENIED'],
    ['the local socket at a downstream method', DOWNSTREAM, local, {}, 'ERR_AUTHORIZATION_DENIED'],
    [
      'an admin at an agent method',
      AGENTS,
      withSvid(),
      { adminIds: [workloadId.uri] },
      'ERR_AGENT_NOT_ATTESTED',
    ],
    [
      'an admin at a downstream method',
      DOWNSTREAM,
      withSvid(),
      { rights: { admin: true, downstream: false } },
      'ERR_AUTHORIZATION_DENIED',
    ],
    [
      'an admin at a local method',
      LOCAL,
      withSvid(),
      { adminIds: [workloadId.uri] },
      'ERR_AUTHORIZATION_DENIED',
    ],
    ['an unknown agent', AGENTS, withSvid(agentId), {}, 'ERR_AGENT_NOT_ATTESTED'],
    ['a banned agent', AGENTS, withSvid(agentId), { node: { serialNumber: '' } }, 'ERR_AGENT_BANNED'],
    [
      'a banned agent whose renewal was under way',
      AGENTS,
      withSvid(agentId, ''),
      { node: { serialNumber: '' } },
      'ERR_AGENT_BANNED',
    ],
    [
      'an agent whose SVID was revoked',
      AGENTS,
      revoked(withSvid(agentId)),
      { node: {} },
      'ERR_AGENT_MUST_REATTEST',
    ],
    [
      'a banned agent whose SVID was revoked',
      AGENTS,
      revoked(withSvid(agentId)),
      { node: { serialNumber: '' } },
      'ERR_AGENT_BANNED',
    ],
    [
      'an admin whose SVID was revoked',
      MANAGED,
      revoked(withSvid()),
      { adminIds: [workloadId.uri] },
      'ERR_AUTHORIZATION_DENIED',
    ],
    [
      'an admin by configuration in a task',
      MANAGED,
      inTask(withSvid()),
      { adminIds: [workloadId.uri] },
      'ERR_AUTHORIZATION_DENIED',
    ],
    [
      'an admin by entry in a task',
      MANAGED,
      inTask(withSvid()),
      { rights: { admin: true, downstream: false } },
      'ERR_AUTHORIZATION_DENIED',
    ],
    [
      'a downstream server in a task',
      DOWNSTREAM,
      inTask(withSvid()),
      { rights: { admin: false, downstream: true } },
      'ERR_AUTHORIZATION_DENIED',
    ],
    ['an agent in a task', AGENTS, inTask(withSvid(agentId)), { node: {} }, 'ERR_AUTHORIZATION_DENIED'],
    ['T19: a former SVID', AGENTS, withSvid(agentId, '99'), { node: {} }, 'ERR_AGENT_NOT_ACTIVE'],
    [
      'an SVID that expired on an open connection',
      AGENTS,
      withSvid(agentId, '100', NOW - 1),
      { node: {} },
      'ERR_AGENT_EXPIRED',
    ],
    ['an expired SVID before all else', AGENTS, withSvid(agentId, '100', NOW - 1), {}, 'ERR_AGENT_EXPIRED'],
  ])('%s', async (_name, method, caller, world, code) => {
    await expect(authorize(method, caller, deps(world))).rejects.toMatchObject({
      code,
      message: `authorization denied for method ${method}`,
    });
  });
});

describe('authorize and a renewed SVID', () => {
  it('makes its serial the current one at first use', async () => {
    const world = deps({ node: { newSerialNumber: '200' } });
    await expect(authorize(AGENTS, withSvid(agentId, '200'), world)).resolves.toMatchObject({ as: 'agent' });
    expect(world.activated).toEqual(['200']);
  });

  it('leaves the current one alone as long as that is used', async () => {
    const world = deps({ node: { newSerialNumber: '200' } });
    await authorize(AGENTS, withSvid(agentId, '100'), world);
    expect(world.activated).toEqual([]);
  });

  it('refuses it when another renewal overtook it', async () => {
    const world = deps({ node: { newSerialNumber: '200' } });
    const raced = { ...world, agents: { ...world.agents, activateNewSerial: () => Promise.resolve(false) } };
    await expect(authorize(AGENTS, withSvid(agentId, '200'), raced)).rejects.toMatchObject({
      code: 'ERR_AGENT_NOT_ACTIVE',
    });
  });
});
