import { ConfigError } from '@signet/core';
import type { Position } from './hcl-value.ts';

/** Largest configuration file that is read, in UTF-16 units. */
export const MAX_CONFIG_LENGTH: number = 1024 * 1024;

/** Deepest nesting of blocks and lists. */
export const MAX_CONFIG_DEPTH: number = 32;

/** The error for text that is not HCL or JSON; `details` is the position. */
export function syntaxError(position: Position, message: string): ConfigError {
  const place = `line ${position.line}, column ${position.column}`;
  return new ConfigError('ERR_CONFIG_SYNTAX', `${place}: ${message}`, { details: position });
}
