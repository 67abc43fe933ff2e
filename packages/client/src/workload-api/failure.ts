import { SignetError, type ErrorCode } from '@signet/core';
import { status } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [status.INVALID_ARGUMENT, 'ERR_INVALID_ARGUMENT'],
  [status.PERMISSION_DENIED, 'ERR_PERMISSION_DENIED'],
  [status.UNAUTHENTICATED, 'ERR_UNAUTHENTICATED'],
  [status.UNAVAILABLE, 'ERR_UNAVAILABLE'],
  [status.DEADLINE_EXCEEDED, 'ERR_UNAVAILABLE'],
  [status.CANCELLED, 'ERR_ABORTED'],
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

/** What a call ends with that its caller gave up. */
export function abandoned(signal: AbortSignal | undefined): WorkloadApiError {
  const reason: unknown = signal?.reason;
  const text = reason instanceof Error ? reason.message : 'the call was aborted';
  return new WorkloadApiError('ERR_ABORTED', `Workload API: ${text}`, { cause: reason });
}

/** What a call ended with, for a caller that may have given it up. */
export function failedOrAbandoned(cause: unknown, signal: AbortSignal | undefined): WorkloadApiError {
  return signal?.aborted === true ? abandoned(signal) : failed(cause);
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
