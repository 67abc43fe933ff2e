import type { WireSPIFFEIDOutput } from '@signet/api';
import type { UnixSeconds } from '@signet/core';
import { statusName } from '@signet/daemon';

const LAST_FOUR_DIGIT_YEAR: UnixSeconds = 253_402_300_799;

/** A time as SPIRE prints it, always in UTC: `2027-01-31 12:00:00 +0000 UTC`. */
export function goTime(at: UnixSeconds | string): string {
  const seconds = Number(at);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_FOUR_DIGIT_YEAR) return `${at} (Unix seconds)`;
  const text = new Date(seconds * 1000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} +0000 UTC`;
}

/** A SPIFFE ID of an answer; the server's word is not checked again. */
export function spiffeIdText(id: WireSPIFFEIDOutput | null): string {
  return id === null ? '' : `spiffe://${id.trust_domain}${id.path}`;
}

/** The status of one item: `code: NotFound, msg: "entry not found"`. */
export function statusText(status: { readonly code: number; readonly message: string } | null): string {
  return `code: ${statusName(status?.code ?? 2)}, msg: ${JSON.stringify(status?.message ?? 'no status')}`;
}

/** `1 entry`, `0 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
