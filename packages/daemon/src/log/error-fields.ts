import { SignetError } from '@signet/core';
import { systemReason } from '../process/system-reason.ts';
import { boundedText } from './safe-text.ts';

const MAX_CAUSES = 3;

/** An error of gRPC: its message is its status as a number, and its details once more. */
function isFailedCall(error: unknown): error is { readonly details: string } {
  const { code, details } = (error ?? {}) as { readonly code?: unknown; readonly details?: unknown };
  return error instanceof Error && typeof code === 'number' && typeof details === 'string';
}

function messageOf(error: unknown): string {
  if (isFailedCall(error)) return error.details;
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

/** The messages of the causes that say more than what was said before them. */
function newCauses(error: unknown): readonly string[] {
  const said = [messageOf(error)];
  let cause = causeOf(error);
  for (let depth = 0; depth < MAX_CAUSES && cause !== undefined; depth += 1, cause = causeOf(cause)) {
    const message = messageOf(cause);
    const isNew = [message, systemReason(cause)].every(
      (text) => !said.some((before) => before.includes(text)),
    );
    if (isNew) said.push(message);
  }
  return said.slice(1);
}

/**
 * What of an error may be logged: its message, its code, the messages of at most three causes that add something. Never a stack, never
 * other properties.
 */
export function errorFields(error: unknown): Readonly<Record<string, string>> {
  const causes = newCauses(error);
  const code = codeOf(error);
  return {
    error: boundedText(messageOf(error)),
    ...(code === undefined ? {} : { error_code: boundedText(code) }),
    ...(causes.length === 0 ? {} : { cause: boundedText(causes.join(': ')) }),
  };
}
