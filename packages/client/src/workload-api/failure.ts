import { SignetError, type ErrorCode } from '@signet/core';
import { status } from '@grpc/grpc-js';
import { WorkloadApiError } from '../errors.ts';

const CODES: Readonly<Partial<Record<number, ErrorCode>>> = {
  [status.INVALID_ARGUMENT]: 'ERR_INVALID_ARGUMENT',
  [status.PERMISSION_DENIED]: 'ERR_PERMISSION_DENIED',
  [status.UNAUTHENTICATED]: 'ERR_UNAUTHENTICATED',
  [status.UNAVAILABLE]: 'ERR_UNAVAILABLE',
  [status.DEADLINE_EXCEEDED]: 'ERR_UNAVAILABLE',
  [status.CANCELLED]: 'ERR_ABORTED',
  [status.UNIMPLEMENTED]: 'ERR_UNIMPLEMENTED',
  [status.RESOURCE_EXHAUSTED]: 'ERR_RESOURCE_EXHAUSTED',
  [status.NOT_FOUND]: 'ERR_NOT_FOUND',
};

/** Turns whatever a call ended with into the one error that callers see. */
export function failed(cause: unknown): WorkloadApiError {
  if (cause instanceof WorkloadApiError) return cause;
  const grpcCode = grpcCodeOf(cause);
  if (grpcCode !== undefined) {
    const text = (cause as { details?: string }).details ?? 'the call failed';
    return new WorkloadApiError(CODES[grpcCode] ?? 'ERR_INTERNAL', `Workload API: ${text}`, {
      cause,
      details: { grpcCode },
    });
  }
  if (cause instanceof SignetError) {
    return new WorkloadApiError(cause.code, `Workload API: unusable answer: ${cause.message}`, { cause });
  }
  return new WorkloadApiError(
    isAbort(cause) ? 'ERR_ABORTED' : 'ERR_UNAVAILABLE',
    `Workload API: ${cause instanceof Error ? cause.message : 'the call failed'}`,
    { cause },
  );
}

/** Whether trying again is of no use. @spec WE-13, WE-16 */
export function isFinal(error: WorkloadApiError): boolean {
  const { grpcCode } = (error.details ?? {}) as { grpcCode?: number };
  return grpcCode === status.INVALID_ARGUMENT || grpcCode === status.UNIMPLEMENTED;
}

function grpcCodeOf(cause: unknown): number | undefined {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : undefined;
}

function isAbort(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError');
}
