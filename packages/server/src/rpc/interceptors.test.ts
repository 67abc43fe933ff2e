import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { type ServerRpc } from '@signet/api';
import { AuthorizationError, RateLimitError, SignetError, parseSpiffeId } from '@signet/core';
import { noMetrics, type Peer, silentLogger } from '@signet/daemon';
import { type AuditEvent } from '../audit/audit-event.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { type CallerSvid } from '../authz/caller.ts';
import { LiveAgents } from '../authz/live-agents.ts';
import { CallLife } from './call-life.ts';
import { type RpcCall, throughSteps } from './call.ts';
import { type CallStepDeps, createAbsentServiceSteps, createCallSteps } from './interceptors.ts';

const MANAGED: ServerRpc = '/spire.api.server.entry.v1.Entry/ListEntries';
const AGENTS: ServerRpc = '/spire.api.server.agent.v1.Agent/RenewAgent';
const LATER: ServerRpc = '/spire.api.server.trustdomain.v1.TrustDomain/RefreshBundle';
const agentId = parseSpiffeId('spiffe://example.org/spire/agent/join_token/t');

const local = { kind: 'unix', uid: 1000, gid: 1000, pid: 7 } as Peer<CallerSvid>;
const anonymous = { kind: 'tls', address: '192.0.2.1', port: 5000, verified: undefined } as Peer<CallerSvid>;
const agent = {
  ...anonymous,
  verified: { id: agentId, serialNumber: '1', expiresAt: Infinity },
} as Peer<CallerSvid>;

/** Runs one call through all steps and notes what happened, in order. */
async function run(
  method: ServerRpc,
  peer: Peer<CallerSvid> | undefined,
  changes: Partial<CallStepDeps> = {},
  steps = createCallSteps,
  requestBytes = 0,
) {
  const happened: string[] = [];
  const events: AuditEvent[] = [];
  const noted = (what: string): Promise<void> => {
    happened.push(what);
    return Promise.resolve();
  };
  const deps: CallStepDeps = {
    clock: { nowMs: () => 1 },
    metrics: {
      ...noMetrics,
      callCounter: () => ({
        start: () => (code) => void happened.push(`counted ${code}`),
        observe: () => undefined,
      }),
    },
    audit: {
      record: (event) => {
        happened.push('audited');
        events.push(event);
      },
    },
    peers: {
      resolve: () => {
        happened.push('caller');
        return peer;
      },
    },
    limits: {
      takeForCall: () => noted('rate limit'),
      takeForItems: () => noted('rate limit of items'),
    },
    authorization: {
      adminIds: new Set(),
      clock: { nowMs: () => 1 },
      entries: { callerRights: () => ({ admin: false, downstream: false }) },
      agents: {
        get: () => noted('authorize').then(() => ({ ...node, id: agentId })),
        activateNewSerial: () => Promise.resolve(false),
      },
    },
    liveAgents: new LiveAgents(),
    ...changes,
  };
  const life = new CallLife(silentLogger);
  const call: RpcCall = {
    method,
    peerId: 'p1',
    life,
    deadlineMs: Infinity,
    requestBytes,
    audit: new AuditTrail(),
  };
  const error = await throughSteps(steps(deps), async (ready) => {
    happened.push('handler');
    await ready.takeForItems?.(3);
  })(call).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { happened, event: events[0], requestId: life.requestId, error };
}

const node = {
  attestationType: 'join_token',
  serialNumber: '1',
  expiresAt: 2,
  newSerialNumber: '',
  newExpiresAt: 0,
  canReattest: false,
  agentVersion: '',
  selectors: [],
};

describe('createCallSteps', () => {
  it('goes: caller, authorize, rate limit, handler; then count and, outermost, audit', async () => {
    const { happened, event, requestId } = await run(AGENTS, agent);
    expect(happened).toEqual([
      'caller',
      'authorize',
      'rate limit',
      'handler',
      'rate limit of items',
      'counted 0',
      'audited',
    ]);
    expect(event).toMatchObject({
      requestId,
      method: AGENTS,
      caller: { kind: 'remote', ip: '192.0.2.1', address: '192.0.2.1:5000', svid: { serialNumber: '1' } },
      authorizedAs: 'agent',
      statusCode: status.OK,
    });
  });

  it('does not limit the local socket', async () => {
    const { happened, event } = await run(MANAGED, local);
    expect(happened).toEqual(['caller', 'handler', 'counted 0', 'audited']);
    expect(event).toMatchObject({ caller: { kind: 'local', uid: 1000, pid: 7 }, authorizedAs: 'local' });
  });

  it('records a call from a connection that no listener accepted, and lets it nowhere', async () => {
    const { happened, event } = await run(MANAGED, undefined);
    expect(happened).toEqual(['caller', `counted ${status.UNAUTHENTICATED}`, 'audited']);
    expect(event).toMatchObject({ reason: 'ERR_UNAUTHENTICATED', statusCode: status.UNAUTHENTICATED });
  });

  it('records what authorization refuses, with caller and reason', async () => {
    const { happened, event } = await run(MANAGED, anonymous);
    expect(happened).not.toContain('handler');
    expect(event).toMatchObject({
      caller: { kind: 'remote' },
      statusCode: status.PERMISSION_DENIED,
      reason: 'ERR_AUTHORIZATION_DENIED',
    });
    expect(event).not.toHaveProperty('authorizedAs');
  });

  it.each([AGENTS, LATER, MANAGED])(
    'takes no token, and no wait, for a caller without rights (%s)',
    async (method) => {
      const { happened, error } = await run(method, anonymous);
      expect(error).toMatchObject({ code: 'ERR_AUTHORIZATION_DENIED' });
      expect(happened).not.toContain('rate limit');
    },
  );

  it('records what the rate limit refuses', async () => {
    const limits = {
      takeForCall: () => Promise.reject(new RateLimitError('ERR_RATE_LIMITED', 'slow down')),
      takeForItems: () => Promise.resolve(),
    };
    const { happened, event } = await run(AGENTS, agent, { limits });
    expect(happened).toEqual(['caller', 'authorize', `counted ${status.RESOURCE_EXHAUSTED}`, 'audited']);
    expect(event).toMatchObject({ reason: 'ERR_RATE_LIMITED', statusMessage: 'slow down' });
  });

  it('refuses a request that is too large before it waits for its turn, and after authorization', async () => {
    const tooLarge = 128 * 1024 + 1;
    const { error, happened } = await run(AGENTS, agent, {}, createCallSteps, tooLarge);
    expect(error).toMatchObject({ code: 'ERR_RESOURCE_EXHAUSTED' });
    expect(happened).toEqual(['caller', 'authorize', `counted ${status.RESOURCE_EXHAUSTED}`, 'audited']);
    const refused = await run(AGENTS, anonymous, {}, createCallSteps, tooLarge);
    expect(refused.error).toMatchObject({ code: 'ERR_AUTHORIZATION_DENIED' });
  });

  it('refuses what is not built only after authorization', async () => {
    expect((await run(LATER, local)).error).toMatchObject({ code: 'ERR_UNIMPLEMENTED' });
    expect((await run(LATER, anonymous)).error).toMatchObject({ code: 'ERR_AUTHORIZATION_DENIED' });
  });

  it('T62: records a bug as an internal error without its text', async () => {
    const authorization = {
      adminIds: new Set<string>(),
      clock: { nowMs: () => 1 },
      entries: {
        callerRights: () => {
          throw new Error('SQLITE_BUSY: /var/lib/db');
        },
      },
      agents: { get: () => Promise.resolve(undefined), activateNewSerial: () => Promise.resolve(false) },
    };
    const { event, requestId } = await run(MANAGED, agent, { authorization });
    expect(event).toMatchObject({
      statusCode: status.INTERNAL,
      statusMessage: `internal error (request ${requestId})`,
    });
    expect(event).not.toHaveProperty('reason');
  });

  it('T14: refuses a method that the policy does not know', async () => {
    const { error } = await run('/spire.api.server.agent.v1.Agent/Unheard' as ServerRpc, local);
    expect(error).toMatchObject({ code: 'ERR_AUTHORIZATION_DENIED' });
    expect(error).toBeInstanceOf(AuthorizationError);
  });
});

describe('createAbsentServiceSteps', () => {
  it('records and counts the call, then refuses it whoever calls', async () => {
    const { happened, event, error } = await run(
      '/grpc.health.v1.Health/Check',
      agent,
      {},
      createAbsentServiceSteps,
    );
    expect(happened).toEqual(['caller', `counted ${status.UNIMPLEMENTED}`, 'audited']);
    expect(event).toMatchObject({ statusMessage: 'unknown service grpc.health.v1.Health' });
    expect(error).toBeInstanceOf(SignetError);
  });
});
