import { describe, expect, it } from '@jest/globals';
import {
  agentFeedService,
  agentService,
  agentTaskService,
  bundleService,
  entryService,
  healthService,
  ledgerService,
  localAuthorityService,
  revocationService,
  serverDebugService,
  serverLoggerService,
  svidService,
  taskService,
  trustDomainService,
} from '@signet/api';
import { rpcPolicy, ruleFor } from './rpc-policy.ts';

const services = {
  agentFeedService,
  agentTaskService,
  ledgerService,
  revocationService,
  taskService,
  agentService,
  bundleService,
  entryService,
  healthService,
  localAuthorityService,
  serverDebugService,
  serverLoggerService,
  svidService,
  trustDomainService,
};
const paths = Object.values(services).flatMap((service) =>
  Object.values(service).map((method) => method.path),
);

describe('rpcPolicy', () => {
  it('T14: has a rule for every method of the proto descriptors, and no other', () => {
    expect(Object.keys(rpcPolicy).sort()).toEqual([...paths].sort());
  });

  it.each(paths)('%s names at least one class of callers and a limit', (path) => {
    const rule = ruleFor(path);
    expect(rule?.allow.length).toBeGreaterThan(0);
    expect(rule?.limit).toBeDefined();
  });

  it.each([
    ['an unknown method', '/spire.api.server.agent.v1.Agent/Nothing'],
    ['a path without leading slash', 'spire.api.server.agent.v1.Agent/BanAgent'],
    ['a path with a trailing slash', '/spire.api.server.agent.v1.Agent/BanAgent/'],
    ['another case', '/spire.api.server.agent.v1.agent/banagent'],
    ['a property of every object', 'constructor'],
    ['the prototype', '__proto__'],
  ])('T15: gives no rule for %s', (_name, path) => {
    expect(ruleFor(path)).toBeUndefined();
  });

  it('opens only attestation and the bundle to everybody', () => {
    const open = Object.entries(rpcPolicy).filter(([, rule]) => rule.allow.includes('any'));
    expect(open.map(([path]) => path)).toEqual([
      '/spire.api.server.agent.v1.Agent/AttestAgent',
      '/spire.api.server.bundle.v1.Bundle/GetBundle',
    ]);
  });

  it('gives neither local nor admin callers the methods of agents and downstream servers', () => {
    const shared = Object.entries(rpcPolicy).filter(
      ([, { allow }]) =>
        (allow.includes('agent') || allow.includes('downstream')) &&
        (allow.includes('local') || allow.includes('admin')),
    );
    expect(shared.map(([path]) => path)).toEqual(['/spire.api.server.bundle.v1.Bundle/GetFederatedBundle']);
  });
});
