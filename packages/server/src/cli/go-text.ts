import type { WireSPIFFEIDOutput } from '@signet/api';
import { statusName } from '@signet/daemon';

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
