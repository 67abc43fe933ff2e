import { EntryError, type RegistrationEntry } from '@signet/core';

/** Selectors of an entry. SPIRE's own store takes fewer than 500. */
export const MAX_ENTRY_SELECTORS = 1_000;
/** Types and values of an entry's selectors together, bytes. */
export const MAX_ENTRY_SELECTOR_BYTES: number = 256 * 1024;
/** DNS names of an entry: they must fit into a certificate that a TLS handshake can carry. */
export const MAX_ENTRY_DNS_NAMES = 256;
/** Trust domains that an entry federates with. */
export const MAX_ENTRY_FEDERATIONS = 1_000;

/**
 * Refuses an entry whose lists are so long that nobody could use it, or whose expiry is no time of ours.
 *
 * What agents sync goes out in messages of at most 4 MiB, one entry at least in each.
 *
 * @throws {EntryError} `ERR_INVALID_ARGUMENT`
 */
export function requireEntryWithinLimits(fields: Partial<RegistrationEntry>): void {
  const { selectors = [], dnsNames = [], federatesWith = [], expiresAt = 0 } = fields;
  atMost(selectors.length, MAX_ENTRY_SELECTORS, 'selectors');
  atMost(dnsNames.length, MAX_ENTRY_DNS_NAMES, 'DNS names');
  atMost(federatesWith.length, MAX_ENTRY_FEDERATIONS, 'federated trust domains');
  let selectorBytes = 0;
  for (const { type, value } of selectors)
    selectorBytes += Buffer.byteLength(type) + Buffer.byteLength(value);
  atMost(selectorBytes, MAX_ENTRY_SELECTOR_BYTES, 'bytes of selectors');
  if (!Number.isSafeInteger(expiresAt) || expiresAt < 0) throw invalid('expiry is out of range');
}

function atMost(count: number, most: number, what: string): void {
  if (count > most) throw invalid(`entry has ${count} ${what}, at most ${most} are allowed`);
}

function invalid(text: string): EntryError {
  return new EntryError('ERR_INVALID_ARGUMENT', text);
}
