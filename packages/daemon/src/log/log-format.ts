import type { LogValue } from './log-fields.ts';
import { quotedText } from './safe-text.ts';

/** `text` is logfmt, `json` one object a line. */
export type LogFormat = 'text' | 'json';

/** One line before it is spelt. */
export interface LogRecord {
  /** RFC 3339. */
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly fields: Readonly<Record<string, LogValue>>;
}

const UNQUOTED = /^[A-Za-z0-9\-._/@^+]*$/;

function logfmtValue(value: LogValue): string {
  const text = String(value);
  return UNQUOTED.test(text) ? text : quotedText(text);
}

function sortedKeys(fields: Readonly<Record<string, LogValue>>): readonly string[] {
  return Object.keys(fields).sort();
}

/** `time="…" level=info msg="…" k=v`, keys sorted. @spec SPIRE log format `text` */
export function formatText({ time, level, msg, fields }: LogRecord): string {
  const rest = sortedKeys(fields).map((key) => ` ${key}=${logfmtValue(fields[key] ?? '')}`);
  return `time=${logfmtValue(time)} level=${level} msg=${logfmtValue(msg)}${rest.join('')}\n`;
}

function jsonValue(value: LogValue): string {
  return typeof value === 'string' ? quotedText(value) : String(value);
}

/** `{"level":…,"msg":…,"time":…}`, all keys sorted together. @spec SPIRE log format `json` */
export function formatJson({ time, level, msg, fields }: LogRecord): string {
  const all: Readonly<Record<string, LogValue>> = { ...fields, level, msg, time };
  const members = sortedKeys(all).map((key) => `${quotedText(key)}:${jsonValue(all[key] ?? '')}`);
  return `{${members.join(',')}}\n`;
}
