import type { LogFields } from './log-fields.ts';
import type { LogLevel } from './log-level.ts';

/** Where lines go. Fields never hold selectors, tokens or key material; an Error gives message, code and causes. */
export interface Logger {
  panic(message: string, fields?: LogFields): void;
  fatal(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  trace(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each line. */
  child(fields: LogFields): Logger;
  /** `child({ subsystem_name })` */
  subsystem(name: string): Logger;
  /** False when making the fields would be wasted. */
  isEnabled(level: LogLevel): boolean;
}

function ignore(): void {
  return undefined;
}

/** A logger that drops everything. */
export const silentLogger: Logger = {
  panic: ignore,
  fatal: ignore,
  error: ignore,
  warn: ignore,
  info: ignore,
  debug: ignore,
  trace: ignore,
  child: () => silentLogger,
  subsystem: () => silentLogger,
  isEnabled: () => false,
};
