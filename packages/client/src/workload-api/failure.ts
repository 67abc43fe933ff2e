import { SignetError, type ErrorCode } from '@signet/core';
import { status } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';
import type { CallLimits } from './call-options.ts';

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT'],
  [status.PERMISSION_DENIED, 'ERR_PERMISSION_DENIED'],
  [status.UNAUTHENTICATED, 'ERR_UNAUTHENTICATED'],
  [status.UNAVAILABLE, 'ERR_UNAVAILABLE'],
  [status.DEADLINE_EXCEEDED, 'ERR_UNAVAILABLE'],
  // By the agent: what the caller cancels is reported as abandoned.
  [status.CANCELLED, 'ERR_UNAVAILABLE'],
  [status.UNIMPLEMENTED, 'ERR_UNIMPLEMENTED'],
  [status.RESOURCE_EXHAUSTED, 'ERR_RESOURCE_EXHAUSTED'],
  [status.FAILED_PRECONDITION, 'ERR_FAILED_PRECONDITION'],
  [status.NOT_FOUND, 'ERR_NOT_FOUND'],
]);

/** Turns whatever a call ended with into the one error that callers see. */
export function failed(cause: unknown): WorkloadApiError {
  if (cause instanceof WorkloadApiError) return cause;
  const grpcCode = grpcCodeOf(cause);
  if (grpcCode !== undefined) {
    const { details: text } = cause as { details?: string };
    return new WorkloadApiError(
      CODES.get(grpcCode) ?? 'ERR_INTERNAL',
      `Workload API: ${text ?? 'the call failed'}`,
      { cause, details: { grpcCode } },
    );
  }
  if (cause instanceof SignetError) {
    return new WorkloadApiError(cause.code, `Workload API: unusable answer: ${cause.message}`, { cause });
  }
  return new WorkloadApiError(
    'ERR_UNAVAILABLE',
    `Workload API: ${cause instanceof Error ? cause.message : 'the call failed'}`,
    { cause },
  );
}

/** What a call ends with that was given up for this reason. */
export function abandoned(reason: unknown): WorkloadApiError {
  if (reason instanceof WorkloadApiError) return reason;
  const text = reason instanceof Error ? reason.message : 'the call was aborted';
  return new WorkloadApiError('ERR_ABORTED', `Workload API: ${text}`, { cause: reason });
}

/** Makes sure that nobody has given up a call before it begins. @throws {WorkloadApiError} why it was given up. */
export function requireWanted({ signals }: CallLimits): void {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted !== undefined) throw abandoned(aborted.reason);
}

/** What a call ended with that somebody may have given up. */
export function failedOrAbandoned(cause: unknown, { signals }: CallLimits): WorkloadApiError {
  const aborted = signals.find((signal) => signal.aborted);
  return aborted === undefined ? failed(cause) : abandoned(aborted.reason);
}

/** Whether trying again is of no use. @spec WE-13, WE-16 */
export function isFinal(error: WorkloadApiError): boolean {
  const { grpcCode } = (error.details ?? {}) as { grpcCode?: number };
  return grpcCode === status.INVALID_ARGUMENT || grpcCode === status.UNIMPLEMENTED;
}

function grpcCodeOf(cause: unknown): number | undefined {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}
