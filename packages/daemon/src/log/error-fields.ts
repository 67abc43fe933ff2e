import { SignetError } from '@signet/core';
import { boundedText } from './safe-text.ts';

const MAX_CAUSES = 3;

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : 'unknown error';
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof SignetError) return error.code;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/**
 * What of an error may be logged: its message, its code, the messages of at most three causes. Never a stack, never
 * other properties.
 */
export function errorFields(error: unknown): Readonly<Record<string, string>> {
  const causes: string[] = [];
  for (
    let cause = causeOf(error);
    cause !== undefined && causes.length < MAX_CAUSES;
    cause = causeOf(cause)
  ) {
    causes.push(messageOf(cause));
  }
  const code = codeOf(error);
  return {
    error: boundedText(messageOf(error)),
    ...(code === undefined ? {} : { error_code: boundedText(code) }),
    ...(causes.length === 0 ? {} : { cause: boundedText(causes.join(': ')) }),
  };
}
