import { ConfigError } from '@signet/core';
import { placeText } from './config-problem.ts';
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

/** What the parser throws, with the file's name before line and column: `server.conf:12:3: expected a value`. */
export function namingSource<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ConfigError) || error.code !== 'ERR_CONFIG_SYNTAX') throw error;
    const position = error.details as Position;
    const reason = error.message.slice(error.message.indexOf(': ') + 2);
    throw new ConfigError('ERR_CONFIG_SYNTAX', `${placeText(source, position)}: ${reason}`, {
      details: position,
      cause: error,
    });
  }
}
