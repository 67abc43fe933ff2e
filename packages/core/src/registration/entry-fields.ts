import { EntryError, SignetError, type EntryErrorCode } from '../errors.ts';
import { requireMemberId, requireWorkloadId } from '../spiffe-id/kinds.ts';
import { parseTrustDomain, type SpiffeId } from '../spiffe-id/spiffe-id.ts';
import type { TrustDomain } from '../spiffe-id/trust-domain.ts';
import { validateDnsName } from './dns-name.ts';
import { validateSelector, type Selector } from './selector.ts';

const MAX_HINT_BYTES = 1024;

/** The fields whose problems carry the field's own prefix. */
export type EntryField = 'parentId' | 'spiffeId' | 'dnsName' | 'federatesWith';

const FIELDS: Readonly<Record<EntryField, { code: EntryErrorCode; prefix: string }>> = {
  parentId: { code: 'ERR_ENTRY_PARENT_ID', prefix: 'invalid parent ID' },
  spiffeId: { code: 'ERR_ENTRY_SPIFFE_ID', prefix: 'invalid spiffe ID' },
  dnsName: { code: 'ERR_ENTRY_DNS_NAME', prefix: 'invalid DNS name' },
  federatesWith: { code: 'ERR_ENTRY_FEDERATES_WITH', prefix: 'invalid federated trust domain' },
};

/**
 * What `read` returns; a typed error out of it comes back as an error of that entry field, its text behind
 * the field's prefix.
 *
 * @throws {EntryError} `ERR_ENTRY_PARENT_ID`, `ERR_ENTRY_SPIFFE_ID`, `ERR_ENTRY_DNS_NAME`, `ERR_ENTRY_FEDERATES_WITH`.
 */
export function readEntryField<T>(field: EntryField, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof SignetError)) throw cause;
    const { code, prefix } = FIELDS[field];
    throw new EntryError(code, `${prefix}: ${cause.message}`, { cause });
  }
}

/** A parent is any member of the own trust domain. @throws {EntryError} `ERR_ENTRY_PARENT_ID` */
export function validateEntryParentId(id: SpiffeId, trustDomain: TrustDomain): void {
  readEntryField('parentId', () => requireMemberId(id, trustDomain));
}

/** An entry's ID is a workload of the own trust domain. @throws {EntryError} `ERR_ENTRY_SPIFFE_ID` */
export function validateEntrySpiffeId(id: SpiffeId, trustDomain: TrustDomain): void {
  readEntryField('spiffeId', () => requireWorkloadId(id, trustDomain));
}

/** At least one selector, each well-formed. @throws {EntryError | SelectorError} `ERR_ENTRY_SELECTORS_EMPTY`, `ERR_SELECTOR_*` */
export function validateEntrySelectors(selectors: readonly Selector[]): void {
  if (selectors.length === 0) throw new EntryError('ERR_ENTRY_SELECTORS_EMPTY', 'selector list is empty');
  selectors.forEach(validateSelector);
}

/** Each a DNS name. @throws {EntryError} `ERR_ENTRY_DNS_NAME` */
export function validateEntryDnsNames(names: readonly string[]): void {
  for (const name of names) readEntryField('dnsName', () => validateDnsName(name));
}

/** The trust domains an entry federates with. @throws {EntryError} `ERR_ENTRY_FEDERATES_WITH` */
export function parseEntryFederatesWith(names: readonly string[]): readonly TrustDomain[] {
  return names.map((name) => readEntryField('federatesWith', () => parseTrustDomain(name)));
}

/** At most 1,024 bytes of UTF-8. @throws {EntryError} `ERR_ENTRY_HINT_TOO_LONG` */
export function validateEntryHint(hint: string): void {
  if (Buffer.byteLength(hint) <= MAX_HINT_BYTES) return;
  throw new EntryError('ERR_ENTRY_HINT_TOO_LONG', 'hint is too long, max length is 1024 characters');
}
