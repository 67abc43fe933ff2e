import { type ServiceError, status } from '@grpc/grpc-js';
import { type AgentDenial, permissionDeniedReason } from '@signet/api';
import { AgentError, type ErrorCode } from '@signet/core';
import { statusName } from '@signet/daemon';

/** A call to the server that failed: with its gRPC status, and the server's reason when it refused the agent itself. */
export class ServerCallError extends AgentError {
  readonly status: status;
  readonly denial: AgentDenial | undefined;

  constructor(method: string, error: ServiceError) {
    const denial = permissionDeniedReason(error.metadata);
    const reason = reasonOf(error);
    const cause = Object.assign(new Error(reason), { code: error.code, details: reason });
    super(codeOf(error.code, denial), `${method}: ${statusName(error.code)}: ${reason}`, { cause });
    this.status = error.code;
    this.denial = denial;
  }
}

const DENIALS: Readonly<Record<AgentDenial, ErrorCode>> = {
  AGENT_EXPIRED: 'ERR_AGENT_EXPIRED',
  AGENT_NOT_ATTESTED: 'ERR_AGENT_NOT_ATTESTED',
  AGENT_NOT_ACTIVE: 'ERR_AGENT_NOT_ACTIVE',
  AGENT_BANNED: 'ERR_AGENT_BANNED',
  AGENT_MUST_REATTEST: 'ERR_AGENT_MUST_REATTEST',
};

const CODES: ReadonlyMap<status, ErrorCode> = new Map<status, ErrorCode>([
  [status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT'],
  [status.NOT_FOUND, 'ERR_NOT_FOUND'],
  [status.ALREADY_EXISTS, 'ERR_ALREADY_EXISTS'],
  [status.PERMISSION_DENIED, 'ERR_PERMISSION_DENIED'],
  [status.FAILED_PRECONDITION, 'ERR_FAILED_PRECONDITION'],
  [status.RESOURCE_EXHAUSTED, 'ERR_RESOURCE_EXHAUSTED'],
  [status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED'],
  [status.UNAUTHENTICATED, 'ERR_UNAUTHENTICATED'],
  [status.ABORTED, 'ERR_ABORTED'],
  [status.INTERNAL, 'ERR_INTERNAL'],
]);

function codeOf(code: status, denial: AgentDenial | undefined): ErrorCode {
  if (denial !== undefined) return DENIALS[denial];
  return CODES.get(code) ?? 'ERR_UNAVAILABLE';
}

/** The details, without the layers that grpc-js wraps around why there is no connection. */
function reasonOf({ details }: ServiceError): string {
  return details
    .replace(/^(?:\w+: )?(?:No connection established\. Last error: )+(?:\w*Error: )?/, '')
    .replace(/\. Resolution note: $/, '');
}

/** The server's reason for refusing the agent, if that is what the error is. */
export function denialOf(error: unknown): AgentDenial | undefined {
  return error instanceof ServerCallError ? error.denial : undefined;
}

/** Whether the server answered with this status. */
export function hasStatus(error: unknown, code: status): boolean {
  return error instanceof ServerCallError && error.status === code;
}

/**
 * What a call ends with when there is no connection or none that works: no answer, none in time, or one by a server that
 * does not see the agent's SVID. A server whose identity does not hold is one that cannot be reached.
 */
const CONNECTION_FAILURES: ReadonlySet<status> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.UNAUTHENTICATED,
]);

/** Whether a new connection may help. False for what the server answered to this one call. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof ServerCallError && CONNECTION_FAILURES.has(error.status);
}
