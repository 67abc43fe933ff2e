import { type UnixSeconds } from '@signet/core';

const LAYOUT = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) [+-]\d{4} ([+-])(\d{2})$/;

/**
 * Reads a time in Go's layout `2006-01-02 15:04:05 -0700 -07`.
 *
 * The last of the two offsets counts, as in Go.
 *
 * @returns undefined when the text does not parse.
 */
export function parseGoTime(text: string): UnixSeconds | undefined {
  const parts = LAYOUT.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, sign, zone] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign}${zone}:00`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
