import { AuthorizationError, type Clock, SignetError } from '@signet/core';
import { type CallCounter, type Metrics, type PeerRegistry, rpcMetricKey } from '@signet/daemon';
import { status } from '@grpc/grpc-js';
import { type AuditEvent, type AuditSink } from '../audit/audit-event.ts';
import { authorize, type AuthorizeDeps, denialText } from '../authz/authorize.ts';
import { type CallerSvid } from '../authz/caller.ts';
import { type LiveAgents } from '../authz/live-agents.ts';
import { ruleFor } from '../authz/rpc-policy.ts';
import { type CallStep, type RpcCall } from './call.ts';
import { callerOf, callerSvid } from './caller.ts';
import { type RateLimits, requireRequestSize } from './limits.ts';
import { OK, type RpcStatus, statusFor } from './status.ts';

/** What the steps need. */
export interface CallStepDeps {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly audit: AuditSink;
  /** The connections of the listener that this chain serves. */
  readonly peers: Pick<PeerRegistry<CallerSvid>, 'resolve'>;
  readonly limits: RateLimits;
  readonly authorization: AuthorizeDeps;
  readonly liveAgents: LiveAgents;
}

/**
 * The steps that every call goes through, in order.
 *
 * Audit is outermost, so that a call refused by any later step is recorded with the reason. Rights come before rates:
 * who may not call takes nothing from the allowance of others behind its address, and leaves no request waiting here.
 * Request ID, log, deadline and the limits of the connection are there before the first step.
 */
export function createCallSteps(deps: CallStepDeps): readonly CallStep[] {
  return [
    recordCall(deps.audit, deps.clock),
    countCall(deps.metrics),
    identifyCaller(deps.peers),
    authorizeCall(deps.authorization),
    endWithAgent(deps.liveAgents),
    refuseUnbuilt,
    limitSize,
    limitRate(deps.limits),
  ];
}

/** The steps in front of a service that a listener does not offer: its calls are recorded, then refused. */
export function createAbsentServiceSteps(deps: CallStepDeps): readonly CallStep[] {
  return [
    recordCall(deps.audit, deps.clock),
    countCall(deps.metrics),
    identifyCaller(deps.peers),
    refuseUnknownService,
  ];
}

function recordCall(sink: AuditSink, clock: Clock): CallStep {
  return async (call, next) => {
    try {
      await next(call);
    } catch (error) {
      sink.record(auditEvent(call, clock, outcomeOf(error, call), error));
      throw error;
    }
    sink.record(auditEvent(call, clock, OK));
  };
}

function countCall(metrics: Metrics): CallStep {
  const counters = new Map<string, CallCounter>();
  const counterOf = (method: string): CallCounter => {
    const counter = counters.get(method) ?? metrics.callCounter(rpcMetricKey(method));
    counters.set(method, counter);
    return counter;
  };
  return async (call, next) => {
    const end = counterOf(call.method).start();
    try {
      await next(call);
    } catch (error) {
      end(outcomeOf(error, call).code);
      throw error;
    }
    end(status.OK);
  };
}

function identifyCaller(peers: Pick<PeerRegistry<CallerSvid>, 'resolve'>): CallStep {
  return async (call, next) => {
    const caller = callerOf(peers.resolve(call.peerId));
    call.audit.identified(caller);
    await next({ ...call, caller });
  };
}

function limitRate(limits: RateLimits): CallStep {
  return async (call, next) => {
    const { caller, method, deadlineMs, life } = call;
    // The limits are per IP address; the local socket has none.
    if (caller?.kind !== 'remote') return next({ ...call, takeForItems: () => Promise.resolve() });
    const asked = { peer: caller.ip, deadlineMs, life };
    await limits.takeForCall(method, asked);
    return next({ ...call, takeForItems: (count) => limits.takeForItems(method, { ...asked, count }) });
  };
}

function authorizeCall(deps: AuthorizeDeps): CallStep {
  return async (call, next) => {
    if (call.caller === undefined)
      throw new AuthorizationError('ERR_UNAUTHENTICATED', 'the caller is not known');
    const grant = await authorize(call.method, call.caller, deps);
    call.audit.authorized(grant);
    await next({ ...call, grant });
  };
}

function endWithAgent(liveAgents: LiveAgents): CallStep {
  return async (call, next) => {
    if (call.grant?.as !== 'agent' || call.caller === undefined) return next(call);
    const unwatch = liveAgents.watch(callerSvid(call.caller), (denial) =>
      call.life.retire(new AuthorizationError(denial, denialText(call.method))),
    );
    try {
      await next(call);
    } finally {
      unwatch();
    }
  };
}

const refuseUnbuilt: CallStep = async (call, next) => {
  if (ruleFor(call.method)?.built !== true) {
    throw new SignetError('ERR_UNIMPLEMENTED', `method ${call.method} is not supported yet`);
  }
  await next(call);
};

const limitSize: CallStep = async (call, next) => {
  requireRequestSize(call.method, call.requestBytes);
  await next(call);
};

const refuseUnknownService: CallStep = (call) => {
  const [, service = ''] = call.method.split('/');
  return Promise.reject(new SignetError('ERR_UNIMPLEMENTED', `unknown service ${service}`));
};

function auditEvent(call: RpcCall, clock: Clock, outcome: RpcStatus, error?: unknown): AuditEvent {
  const { caller, grant, fields, items } = call.audit;
  return {
    atMs: clock.nowMs(),
    requestId: call.life.requestId,
    method: call.method,
    ...(caller && { caller }),
    ...(grant && { authorizedAs: grant.as, authorizedVia: grant.via }),
    statusCode: outcome.code,
    statusMessage: outcome.message,
    ...(error instanceof SignetError && { reason: error.code }),
    fields,
    items,
  };
}

/** The status that a failed call ends with, cancelled and late ones included. */
export function outcomeOf(error: unknown, { life }: Pick<RpcCall, 'life'>): RpcStatus {
  if (error instanceof DOMException && error === life.reason) {
    return error.name === 'TimeoutError'
      ? { code: status.DEADLINE_EXCEEDED, message: 'deadline exceeded' }
      : { code: status.CANCELLED, message: 'cancelled' };
  }
  return statusFor(error, life.requestId);
}
