import { statusName } from '../metrics/status-names.ts';

interface CallError {
  readonly code: number;
  readonly details: string;
}

function isCallError(error: unknown): error is CallError {
  if (!(error instanceof Error)) return false;
  const { code, details } = error as Partial<CallError>;
  return typeof code === 'number' && typeof details === 'string';
}

/** What a person is told: Go's `rpc error: code = … desc = …` for a failed call, else the message. */
export function errorText(error: unknown): string {
  if (isCallError(error)) return `rpc error: code = ${statusName(error.code)} desc = ${error.details}`;
  return error instanceof Error ? error.message : String(error);
}
