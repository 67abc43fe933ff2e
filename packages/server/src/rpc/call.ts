import { type ServerRpc } from '@signet/api';
import { type AuditTrail } from '../audit/audit-trail.ts';
import { type Grant } from '../authz/authorize.ts';
import { type Caller } from '../authz/caller.ts';
import { type CallLife } from './call-life.ts';

/** One call on its way through the steps. Each step passes on a copy that knows more. */
export interface RpcCall {
  readonly method: ServerRpc;
  /** The live connection, as the listeners' peer registry knows it. */
  readonly peerId: string;
  readonly life: CallLife;
  /** The client's own deadline, milliseconds of the monotonic clock; Infinity without one. */
  readonly deadlineMs: number;
  /** Length of the request; 0 for a stream of them. */
  readonly requestBytes: number;
  readonly audit: AuditTrail;
  /** Set by the caller step. */
  readonly caller?: Caller;
  /** Set by the authorization step. */
  readonly grant?: Grant;
  /** Set by the rate limit step: takes one token for each item of a batch. */
  readonly takeForItems?: (count: number) => Promise<void>;
}

/** A call that went through all steps: what handlers get. */
export type AuthorizedCall = Required<RpcCall>;

/** What is left to do for a call after a step. */
export type NextStep = (call: RpcCall) => Promise<void>;

/** One step that every call goes through; it refuses by throwing. */
export type CallStep = (call: RpcCall, next: NextStep) => Promise<void>;

/** Runs the steps around the handler, the first one outermost. */
export function throughSteps(steps: readonly CallStep[], handler: NextStep): NextStep {
  return steps.reduceRight<NextStep>((next, step) => (call) => step(call, next), handler);
}

/** @returns the call as handlers see it. @throws {TypeError} when a step was left out. */
export function requireAuthorized(call: RpcCall): AuthorizedCall {
  const { caller, grant, takeForItems } = call;
  if (caller === undefined || grant === undefined || takeForItems === undefined) {
    throw new TypeError('the call did not go through all steps');
  }
  return { ...call, caller, grant, takeForItems };
}
