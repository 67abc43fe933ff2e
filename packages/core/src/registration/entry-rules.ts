import { EntryError, type EntryErrorCode } from '../errors.ts';
import type { RegistrationEntry } from './registration-entry.ts';
import { formatSelector } from './selector.ts';

const MAX_ENTRY_ID_BYTES = 255;

/** What the rules look at; a whole entry will do. */
export type StorableEntry = Pick<
  RegistrationEntry,
  'id' | 'selectors' | 'dnsNames' | 'x509SvidTtl' | 'jwtSvidTtl' | 'storeSvid' | 'disableX509SvidPrefetch'
>;

/**
 * Checks what must hold of an entry that is about to be created; texts as SPIRE's store gives them.
 *
 * @throws {EntryError} `ERR_ENTRY_SELECTORS_EMPTY`, `ERR_ENTRY_STORE_SVID`, `ERR_ENTRY_ID`, `ERR_ENTRY_TTL`,
 * `ERR_ENTRY_DUPLICATE_SELECTOR`, `ERR_ENTRY_DUPLICATE_DNS_NAME`.
 */
export function validateEntryForCreate(entry: StorableEntry): void {
  validateEntryForUpdate(entry);
  if (entry.storeSvid && entry.disableX509SvidPrefetch) {
    throw invalid('ERR_ENTRY_STORE_SVID', 'store SVID cannot be enabled when X509-SVID prefetch is disabled');
  }
  validateEntryId(entry.id);
  refuseRepeated('ERR_ENTRY_DUPLICATE_SELECTOR', 'selector', entry.selectors.map(formatSelector));
  refuseRepeated('ERR_ENTRY_DUPLICATE_DNS_NAME', 'DNS name', entry.dnsNames);
}

/**
 * Checks what must hold of an entry after a change.
 *
 * @throws {EntryError} `ERR_ENTRY_SELECTORS_EMPTY`, `ERR_ENTRY_STORE_SVID`, `ERR_ENTRY_TTL`.
 */
export function validateEntryForUpdate(
  entry: Pick<StorableEntry, 'selectors' | 'x509SvidTtl' | 'jwtSvidTtl' | 'storeSvid'>,
): void {
  if (entry.selectors.length === 0) throw invalid('ERR_ENTRY_SELECTORS_EMPTY', 'missing selector list');
  if (entry.storeSvid && new Set(entry.selectors.map((selector) => selector.type)).size > 1) {
    throw invalid('ERR_ENTRY_STORE_SVID', 'selector types must be the same when store SVID is enabled');
  }
  if (entry.x509SvidTtl < 0) throw invalid('ERR_ENTRY_TTL', 'X509SvidTtl is not set');
  if (entry.jwtSvidTtl < 0) throw invalid('ERR_ENTRY_TTL', 'JwtSvidTtl is not set');
}

/** Checks an entry ID: 1 to 255 of `[A-Za-z0-9._-]`. @throws {EntryError} `ERR_ENTRY_ID` */
export function validateEntryId(id: string): void {
  if (id.length > MAX_ENTRY_ID_BYTES) throw invalid('ERR_ENTRY_ID', 'entry ID too long');
  if (id === '' || /[^A-Za-z0-9._-]/.test(id)) {
    throw invalid('ERR_ENTRY_ID', 'entry ID contains invalid characters');
  }
}

function refuseRepeated(code: EntryErrorCode, what: string, values: readonly string[]): void {
  if (new Set(values).size < values.length) throw new EntryError(code, `${what} given more than once`);
}

function invalid(code: EntryErrorCode, reason: string): EntryError {
  return new EntryError(code, `datastore-validation: invalid registration entry: ${reason}`);
}
