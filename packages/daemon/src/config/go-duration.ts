import { ConfigError, type Seconds } from '@signet/core';

const NANOSECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

const MAX_LENGTH = 64;
// What an int64 of nanoseconds can hold.
const MAX_NANOSECONDS = 2 ** 63;
const PART = /^([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/;

function invalid(text: string, reason: string): ConfigError {
  const shown = JSON.stringify(text.slice(0, MAX_LENGTH));
  return new ConfigError('ERR_CONFIG_INVALID', `time: ${reason}duration ${shown}`);
}

/** Reads one `number unit` part; returns its nanoseconds and length. */
function readPart(rest: string, whole: string): { readonly nanoseconds: number; readonly length: number } {
  const [part = '', digits = '', fraction = '', unit = ''] = PART.exec(rest) ?? [];
  if (digits === '' && fraction === '') throw invalid(whole, 'invalid ');
  if (unit === '') throw invalid(whole, 'missing unit in ');
  const factor = NANOSECONDS.get(unit);
  if (factor === undefined) throw invalid(whole, `unknown unit ${JSON.stringify(unit)} in `);
  // As Go does it: one number with a fraction would come out a nanosecond less now and then.
  const below = Math.floor(Number(fraction) * (factor / 10 ** fraction.length));
  return { nanoseconds: Number(digits) * factor + below, length: part.length };
}

/**
 * Parses a Go duration such as `1h30m`, `1.5s`, `-10ms` or `0`.
 *
 * @returns seconds; below a second they are fractions.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` with Go's text.
 */
export function parseGoDuration(text: string): Seconds {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0;
  if (rest === '' || text.length > MAX_LENGTH) throw invalid(text, 'invalid ');
  let nanoseconds = 0;
  while (rest !== '') {
    const part = readPart(rest, text);
    nanoseconds += part.nanoseconds;
    rest = rest.slice(part.length);
  }
  if (nanoseconds >= MAX_NANOSECONDS) throw invalid(text, 'invalid ');
  return (sign * Math.floor(nanoseconds)) / 1e9;
}

function trimZeros(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

function formatBelowSecond(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${trimZeros(nanoseconds / 1e3, 3)}µs`;
  return `${trimZeros(nanoseconds / 1e6, 6)}ms`;
}

/** Prints seconds as Go does: `1h30m0s`, `1.5s`, `300ms`, `0s`. */
export function formatGoDuration(seconds: Seconds): string {
  const nanoseconds = Math.round(Math.abs(seconds) * 1e9);
  if (nanoseconds === 0) return '0s';
  const sign = seconds < 0 ? '-' : '';
  if (nanoseconds < 1e9) return sign + formatBelowSecond(nanoseconds);
  const minutes = Math.floor(nanoseconds / 60e9);
  const rest = nanoseconds - minutes * 60e9;
  const secondText = rest === 0 ? '0' : (rest / 1e9).toFixed(9).replace(/\.?0+$/, '');
  if (minutes === 0) return `${sign}${secondText}s`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes % 60}m${secondText}s`;
}
