import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, status } from '@grpc/grpc-js';
import {
  type HealthClient,
  healthService,
  permissionDeniedReason,
  type ServerDebugClient,
  serverDebugService,
  type ServerLoggerClient,
  serverLoggerService,
  type TrustDomainClient,
  trustDomainService,
} from '@signet/api';
import { callUnary, failureOf } from '../../../../test/kit/grpc-call.ts';
import { testCsr } from '../../../../test/kit/test-csr.ts';
import {
  identityOf,
  type TestAgent,
  type TestClients,
  type TestIdentity,
  TestServer,
} from '../../../../test/kit/test-server.ts';

describe('Access to the server APIs', () => {
  let server: TestServer;
  let anonymous: TestClients;
  let agentIdentity: TestAgent;

  beforeAll(async () => {
    server = await TestServer.start({
      server: 'audit_log_enabled = true\nadmin_ids = ["spiffe://example.org/admin"]',
    });
    anonymous = await server.connect();
    agentIdentity = await server.attestAgent();
  }, 60_000);
  afterAll(() => server[Symbol.asyncDispose]());

  it('refuses a management call without certificate, without details', async () => {
    const { code, details, error } = await failureOf(
      callUnary(anonymous.agent, anonymous.agent.CountAgents, {}),
    );
    expect({ code, details, reason: permissionDeniedReason(error.metadata) }).toEqual({
      code: status.PERMISSION_DENIED,
      details: 'authorization denied for method /spire.api.server.agent.v1.Agent/CountAgents',
      reason: undefined,
    });
  });

  it('refuses an agent call without certificate, without details', async () => {
    const { code, error } = await failureOf(callUnary(anonymous.agent, anonymous.agent.PostStatus, {}));
    expect({ code, reason: permissionDeniedReason(error.metadata) }).toEqual({
      code: status.PERMISSION_DENIED,
      reason: undefined,
    });
  });

  it('gives the bundle to anybody', async () => {
    const bundle = await callUnary(anonymous.bundle, anonymous.bundle.GetBundle, {});
    expect(bundle.x509_authorities).toHaveLength(1);
  });

  it('lets admins in by configuration and by entry, and no other workload', async () => {
    const byConfig = await server.connect(await server.mint('/admin'));
    await callUnary(byConfig.agent, byConfig.agent.CountAgents, {});

    const identity = await server.mint('/admin-by-entry');
    const byEntry = await server.connect(identity);
    expect((await failureOf(callUnary(byEntry.agent, byEntry.agent.CountAgents, {}))).code).toBe(
      status.PERMISSION_DENIED,
    );
    const { results } = await callUnary(server.local.entry, server.local.entry.BatchCreateEntry, {
      entries: [
        {
          parent_id: { trust_domain: 'example.org', path: '/spire/server' },
          spiffe_id: { trust_domain: 'example.org', path: '/admin-by-entry' },
          selectors: [{ type: 'unix', value: 'uid:1' }],
          admin: true,
        },
      ],
    });
    expect(results[0]?.status?.code).toBe(status.OK);
    await callUnary(byEntry.agent, byEntry.agent.CountAgents, {});
  });

  it('refuses local and admin callers at agent methods', async () => {
    const admin = await server.connect(await server.mint('/admin'));
    for (const clients of [server.local, admin]) {
      const call = callUnary(clients.entry, clients.entry.GetAuthorizedEntries, {});
      expect((await failureOf(call)).code).toBe(status.PERMISSION_DENIED);
    }
  });

  it('tells an agent that it is not attested, as the details of the refusal', async () => {
    const agent = await server.attestAgent();
    const clients = await server.connect(agent);
    await callUnary(clients.agent, clients.agent.PostStatus, {});
    const id = { trust_domain: 'example.org', path: `/spire/agent/join_token/${agent.token}` };
    await callUnary(server.local.agent, server.local.agent.DeleteAgent, { id });
    const { code, details, error } = await failureOf(callUnary(clients.agent, clients.agent.PostStatus, {}));
    expect({ code, details, reason: permissionDeniedReason(error.metadata) }).toEqual({
      code: status.PERMISSION_DENIED,
      details: 'authorization denied for method /spire.api.server.agent.v1.Agent/PostStatus',
      reason: 'AGENT_NOT_ATTESTED',
    });
  });

  it('T20: tells an agent that it is banned at its next call on the same connection', async () => {
    const agent = await server.attestAgent();
    const clients = await server.connect(agent);
    await callUnary(clients.agent, clients.agent.PostStatus, {});
    const id = { trust_domain: 'example.org', path: `/spire/agent/join_token/${agent.token}` };
    await callUnary(server.local.agent, server.local.agent.BanAgent, { id });
    const { error } = await failureOf(callUnary(clients.agent, clients.agent.PostStatus, {}));
    expect(permissionDeniedReason(error.metadata)).toBe('AGENT_BANNED');
  });

  it('T19: activates a renewed SVID at first use, and refuses the former from then on', async () => {
    const agent = await server.attestAgent();
    const before = await server.connect(agent);
    const renew = async () => {
      const csr = testCsr();
      const { svid } = await callUnary(before.agent, before.agent.RenewAgent, { params: { csr: csr.der } });
      return identityOf(agent.uri, csr, svid?.cert_chain ?? []);
    };
    const overtaken = await renew();
    const renewed = await renew();
    await callUnary(before.agent, before.agent.PostStatus, {});

    const late = await server.connect(overtaken);
    const refusal = await failureOf(callUnary(late.agent, late.agent.PostStatus, {}));
    expect(permissionDeniedReason(refusal.error.metadata)).toBe('AGENT_NOT_ACTIVE');

    const after = await server.connect(renewed);
    await callUnary(after.agent, after.agent.PostStatus, {});
    const former = await failureOf(callUnary(before.agent, before.agent.PostStatus, {}));
    expect(permissionDeniedReason(former.error.metadata)).toBe('AGENT_NOT_ACTIVE');
  });

  it.each([
    [
      'Debug',
      serverDebugService,
      (client: Client) => callUnary(client, (client as ServerDebugClient).GetInfo, {}),
    ],
    [
      'Logger',
      serverLoggerService,
      (client: Client) => callUnary(client, (client as ServerLoggerClient).GetLogger, {}),
    ],
    ['Health', healthService, (client: Client) => callUnary(client, (client as HealthClient).Check, {})],
  ])('does not offer %s over TCP, whoever asks', async (_name, definition, call) => {
    const [anyMethod] = Object.values(definition);
    const name = anyMethod?.path.split('/')[1];
    const admin = await server.connect(await server.mint('/admin'));
    for (const clients of [anonymous, admin]) {
      const { code, details } = await failureOf(call(clients.of(definition)));
      expect({ code, details }).toEqual({ code: status.UNIMPLEMENTED, details: `unknown service ${name}` });
    }
  });

  it('answers UNIMPLEMENTED to what is not built yet, only to those who may call it', async () => {
    const local = server.local.of<TrustDomainClient>(trustDomainService);
    const call = callUnary(local, local.ListFederationRelationships, {});
    expect((await failureOf(call)).code).toBe(status.UNIMPLEMENTED);
    const remote = anonymous.of<TrustDomainClient>(trustDomainService);
    const refused = callUnary(remote, remote.ListFederationRelationships, {});
    expect((await failureOf(refused)).code).toBe(status.PERMISSION_DENIED);
  });

  it('is healthy on the local socket, for the whole server only', async () => {
    const client = server.local.of<HealthClient>(healthService);
    expect(await callUnary(client, client.Check, { service: '' })).toMatchObject({ status: 'SERVING' });
    const { code, details } = await failureOf(callUnary(client, client.Check, { service: 'x' }));
    expect({ code, details }).toEqual({
      code: status.INVALID_ARGUMENT,
      details: 'per-service health is not supported',
    });
  });

  it('lets a foreign admin in once its bundle is there, and no other foreign ID', async () => {
    await using foreign = await TestServer.start({ trustDomain: 'other.org' });
    await using home = await TestServer.start({ server: 'admin_ids = ["spiffe://other.org/admin"]' });
    const admin = await foreign.mint('/admin');
    const count = async (identity: TestIdentity) => {
      const as = await home.connect(identity);
      return callUnary(as.agent, as.agent.CountAgents, {});
    };
    expect((await failureOf(count(admin))).code).toBe(status.UNAVAILABLE);

    const bundle = await callUnary(foreign.local.bundle, foreign.local.bundle.GetBundle, {});
    const { results } = await callUnary(home.local.bundle, home.local.bundle.BatchSetFederatedBundle, {
      bundle: [bundle],
    });
    expect(results[0]?.status?.code).toBe(status.OK);
    expect(await count(admin)).toEqual({ count: 0 });
    expect((await failureOf(count(await foreign.mint('/somebody')))).code).toBe(status.UNAVAILABLE);
  }, 60_000);

  it('refuses a connection whose certificate no authority of ours signed', async () => {
    await using other = await TestServer.start();
    const stranger = await other.mint('/admin');
    const clients = await server.connect(stranger);
    const { code } = await failureOf(callUnary(clients.bundle, clients.bundle.GetBundle, {}));
    expect(code).toBe(status.UNAVAILABLE);
  }, 60_000);

  it('writes an audit event for calls and for refusals, with the reason', async () => {
    await failureOf(callUnary(anonymous.agent, anonymous.agent.CountAgents, {}));
    const event = server.log.findLast((line) => line['type'] === 'audit');
    expect(event).toMatchObject({
      msg: 'API accessed',
      service: 'agent.v1.Agent',
      method: 'CountAgents',
      status: 'error',
      status_code: 'PermissionDenied',
      reason: 'ERR_AUTHORIZATION_DENIED',
      caller_addr: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('T31: logs no join token before it is used, and no key', () => {
    const text = JSON.stringify(server.log.filter((line) => line['method'] === 'CreateJoinToken'));
    expect(text).not.toContain(agentIdentity.token);
    expect(JSON.stringify(server.log)).not.toContain('PRIVATE KEY');
  });
});
