import { constants } from 'node:os';
import { getSystemErrorMessage } from 'node:util';

const NUMBERS: ReadonlyMap<string, number> = new Map(Object.entries(constants.errno));

/** The system's words for an error by its name: `ENOENT` is `no such file or directory`. @returns undefined for no such name. */
export function errnoText(name: string): string | undefined {
  if (name === 'EISDIR') return 'is a directory';
  const number = NUMBERS.get(name);
  return number === undefined ? undefined : getSystemErrorMessage(-number);
}

/** Why the operating system refused, in words; the error's own message when it was not the system. */
export function systemReason(error: unknown): string {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const reason = typeof code === 'string' ? errnoText(code) : undefined;
  return reason ?? (typeof message === 'string' ? message : String(error));
}
