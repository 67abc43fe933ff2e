import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { type ErrorCode, SignetError } from '@signet/core';

/** What a call ends with. */
export type CallEnd = Pick<ServiceError, 'code' | 'details' | 'metadata'>;

/** The statuses of the Workload API by reason; any other failure is not the caller's, and may pass: UNAVAILABLE. */
const STATUSES: ReadonlyMap<ErrorCode, status> = new Map<ErrorCode, status>([
  ['ERR_SECURITY_HEADER', status.INVALID_ARGUMENT],
  ['ERR_INVALID_ARGUMENT', status.INVALID_ARGUMENT],
  ['ERR_NO_IDENTITY_ISSUED', status.PERMISSION_DENIED],
  ['ERR_PERMISSION_DENIED', status.PERMISSION_DENIED],
  ['ERR_UNIMPLEMENTED', status.UNIMPLEMENTED],
  ['ERR_NOT_FOUND', status.NOT_FOUND],
  ['ERR_FAILED_PRECONDITION', status.FAILED_PRECONDITION],
  ['ERR_TASK_ENDED', status.FAILED_PRECONDITION],
  ['ERR_TASK_AUDIENCE', status.PERMISSION_DENIED],
  ['ERR_TASK_LIMIT', status.RESOURCE_EXHAUSTED],
]);

/**
 * The status and text with which a call ends.
 *
 * Clients stop for good on INVALID_ARGUMENT, so that is kept for what a second try cannot change.
 *
 * @spec Workload Endpoint §6 (error codes)
 */
export function callEnd(error: unknown): CallEnd {
  const metadata = new Metadata();
  if (!(error instanceof SignetError)) return { code: status.INTERNAL, details: 'internal error', metadata };
  return { code: STATUSES.get(error.code) ?? status.UNAVAILABLE, details: error.message, metadata };
}
