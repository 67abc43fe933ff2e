import { ConfigError, type Seconds } from '@signet/core';
import { formatGoDuration, parseGoDuration } from '../config/go-duration.ts';

/** One flag of a command: `-name value`, or `-name` alone when it is a bool. */
export interface Flag<T> {
  readonly kind: 'text' | 'int' | 'bool' | 'duration' | 'list';
  readonly doc: string;
  readonly defaultValue: T;
  /** the word shown for the value, e.g. `path`. */
  readonly placeholder?: string;
  /** the values that it takes; shown, and offered by completion. */
  readonly choices?: readonly string[];
  /** what each of them means. */
  readonly meanings?: Readonly<Record<string, string>>;
  readonly hidden?: boolean;
  /** the key of the configuration file whose value it replaces. */
  readonly configKey?: string;
  /**
   * Reads a value; `before` is what earlier ones on the line gave.
   *
   * @throws {ConfigError} `ERR_CONFIG_FLAG` with Go's reason.
   */
  parse(text: string, before: T | undefined): T;
  /** the default as shown; undefined when there is nothing to show. */
  readonly defaultText?: string;
}

/** What may be said of any flag. */
export interface FlagOptions {
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly meanings?: Readonly<Record<string, string>>;
  readonly hidden?: boolean;
  readonly configKey?: string;
  /** what an int counts, for the error of those who write `5m`. */
  readonly unit?: 'seconds';
}

/** The flags of a command by name. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>;

/** What the flags of a table read as. */
export type FlagValues<F extends FlagTable> = {
  readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never;
};

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** The error for a value that a flag does not take. */
export function flagError(reason: string): ConfigError {
  return new ConfigError('ERR_CONFIG_FLAG', reason);
}

function parseBool(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw flagError('parse error: true or false is wanted');
}

/** Go's `ParseInt` with base 0: decimal, octal after 0, hexadecimal after 0x. */
function parseInteger(text: string, unit: FlagOptions['unit']): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[+-]/, '');
  const octal = /^0[0-7]+$/.test(digits);
  if (!octal && !/^(?:0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/.test(digits)) throw notAnInteger(text, unit);
  const value = sign * (octal ? Number.parseInt(digits, 8) : Number(digits));
  if (!Number.isSafeInteger(value)) throw flagError('value out of range');
  return value;
}

/** Whoever writes a duration where seconds are counted is told how many they are. */
function notAnInteger(text: string, unit: FlagOptions['unit']): ConfigError {
  if (unit !== 'seconds') return flagError('parse error: a whole number is wanted');
  const seconds = durationOf(text);
  const meant = seconds !== undefined && Number.isInteger(seconds) ? ` (${text} is ${seconds})` : '';
  return flagError(`parse error: a whole number of seconds is wanted${meant}`);
}

function durationOf(text: string): Seconds | undefined {
  try {
    return parseGoDuration(text);
  } catch {
    return undefined;
  }
}

function parseDuration(text: string): Seconds {
  const duration = durationOf(text);
  if (duration !== undefined) return duration;
  const meant = /^[0-9]+$/.test(text) ? ` (${text}s for seconds)` : '';
  throw flagError(`parse error: a duration such as 30s, 10m or 1h30m is wanted${meant}`);
}

/** The makers of all kinds of flags. */
export interface FlagMakers {
  text(doc: string, defaultValue?: string, options?: FlagOptions): Flag<string>;
  int(doc: string, defaultValue?: number, options?: FlagOptions): Flag<number>;
  bool(doc: string, defaultValue?: boolean, options?: FlagOptions): Flag<boolean>;
  /** A Go duration; its value is in seconds. */
  duration(doc: string, defaultValue?: Seconds, options?: FlagOptions): Flag<Seconds>;
  /** May be given again and again. */
  list(doc: string, options?: FlagOptions): Flag<readonly string[]>;
}

/** Declares the flags of a command. */
export const flag: FlagMakers = {
  text: (doc, defaultValue = '', options = {}) => ({
    kind: 'text',
    doc,
    defaultValue,
    ...(defaultValue === '' ? {} : { defaultText: JSON.stringify(defaultValue) }),
    ...options,
    parse: (text) => text,
  }),
  int: (doc, defaultValue = 0, options = {}) => ({
    kind: 'int',
    doc,
    defaultValue,
    ...(defaultValue === 0 ? {} : { defaultText: String(defaultValue) }),
    ...options,
    parse: (text) => parseInteger(text, options.unit),
  }),
  bool: (doc, defaultValue = false, options = {}) => ({
    kind: 'bool',
    doc,
    defaultValue,
    ...(defaultValue ? { defaultText: 'true' } : {}),
    ...options,
    parse: parseBool,
  }),
  duration: (doc, defaultValue = 0, options = {}) => ({
    kind: 'duration',
    doc,
    defaultValue,
    ...(defaultValue === 0 ? {} : { defaultText: formatGoDuration(defaultValue) }),
    ...options,
    parse: parseDuration,
  }),
  list: (doc, options = {}) => ({
    kind: 'list',
    doc,
    defaultValue: [],
    ...options,
    parse: (text, before = []) => [...before, text],
  }),
};
