import type { UnixSeconds } from '@signet/core';

const LAST_FOUR_DIGIT_YEAR: UnixSeconds = 253_402_300_799;

/** A time as SPIRE prints it, always in UTC: `2027-01-31 12:00:00 +0000 UTC`. */
export function goTime(at: UnixSeconds | string): string {
  const seconds = Number(at);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_FOUR_DIGIT_YEAR) return `${at} (Unix seconds)`;
  const text = new Date(seconds * 1000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} +0000 UTC`;
}
