import {
  parseSpiffeId,
  parseTrustDomain,
  StoreError,
  type RegistrationEntry,
  type Selector,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import type { EntryFields, EntryFilter, NewEntry } from '../entry-store.ts';
import type { EntryRowFilter } from '../sql/entry-filter.ts';
import type { EntryRow } from '../sql/entry-rows.ts';
import type { NewEntryRow } from '../sql/entry-writes.ts';
import { Interned } from './interned.ts';
import { decodeSelectors, encodeSelectorQuery, encodeSelectors } from './selector-codec.ts';

type FieldColumns = Omit<NewEntryRow, 'id'>;

const NONE = '[]';

/** Turns stored rows into entries; rows that are the same object give the same entry. */
export class EntryDecoder {
  readonly #decoded = new WeakMap<EntryRow, RegistrationEntry>();
  readonly #parents = new Interned<SpiffeId>(parseSpiffeId);
  readonly #selectors = new Interned<readonly Selector[]>(decodeSelectors);
  readonly #federations = new Interned<readonly TrustDomain[]>(decodeTrustDomains);
  readonly #dnsNames = new Interned<readonly string[]>((json) => JSON.parse(json) as readonly string[]);

  /** @throws {StoreError} `ERR_STORE_CORRUPT` the row is not one that we wrote. */
  decode(row: EntryRow): RegistrationEntry {
    const known = this.#decoded.get(row);
    if (known !== undefined) return known;
    try {
      const entry = this.#entry(row);
      this.#decoded.set(row, entry);
      return entry;
    } catch (cause) {
      throw new StoreError('ERR_STORE_CORRUPT', `entry ${row.id} cannot be read`, { cause });
    }
  }

  #entry(row: EntryRow): RegistrationEntry {
    return {
      id: row.id,
      parentId: this.#parents.get(row.parent_id),
      spiffeId: parseSpiffeId(row.spiffe_id),
      selectors: this.#selectors.get(row.selectors),
      x509SvidTtl: row.x509_svid_ttl,
      jwtSvidTtl: row.jwt_svid_ttl,
      federatesWith: this.#federations.get(row.federates_with),
      admin: row.admin === 1,
      downstream: row.downstream === 1,
      expiresAt: row.expires_at,
      dnsNames: row.dns_names === NONE ? this.#dnsNames.get(NONE) : (JSON.parse(row.dns_names) as string[]),
      revisionNumber: row.revision_number,
      storeSvid: row.store_svid === 1,
      hint: row.hint,
      createdAt: row.created_at,
      disableX509SvidPrefetch: row.disable_x509_svid_prefetch === 1,
      jwtSvidIncludeJti: row.jwt_svid_include_jti === 1,
    };
  }
}

/** The columns of an entry to create. */
export function encodeNewEntry(entry: NewEntry): NewEntryRow {
  const columns = encodeFields(entry) as FieldColumns;
  return entry.id === undefined ? columns : { ...columns, id: entry.id };
}

/** The columns of the fields that are present. */
export function encodeFields(fields: Partial<EntryFields>): Partial<FieldColumns> {
  const columns = {
    parent_id: fields.parentId?.uri,
    spiffe_id: fields.spiffeId?.uri,
    selectors: fields.selectors && encodeSelectors(fields.selectors),
    x509_svid_ttl: fields.x509SvidTtl,
    jwt_svid_ttl: fields.jwtSvidTtl,
    federates_with: fields.federatesWith && encodeTrustDomains(fields.federatesWith),
    admin: encodeFlag(fields.admin),
    downstream: encodeFlag(fields.downstream),
    expires_at: fields.expiresAt,
    dns_names: fields.dnsNames && JSON.stringify(fields.dnsNames),
    store_svid: encodeFlag(fields.storeSvid),
    hint: fields.hint,
    disable_x509_svid_prefetch: encodeFlag(fields.disableX509SvidPrefetch),
    jwt_svid_include_jti: encodeFlag(fields.jwtSvidIncludeJti),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** The filter as plain data. */
export function encodeEntryFilter(filter: EntryFilter): EntryRowFilter {
  const { parentId, spiffeId, selectors, federatesWith, hint, downstream } = filter;
  refuseEmptySet(selectors, 'empty selector set');
  refuseEmptySet(federatesWith, 'empty trust domain set');
  return {
    ...(parentId && { parentId: parentId.uri }),
    ...(spiffeId && { spiffeId: spiffeId.uri }),
    ...(selectors && { selectors: encodeSelectorQuery(selectors) }),
    ...(federatesWith && {
      federatesWith: { members: namesOf(federatesWith.values), match: federatesWith.match },
    }),
    ...(hint !== undefined && { hint }),
    ...(downstream !== undefined && { downstream }),
  };
}

function refuseEmptySet(query: { readonly values: readonly unknown[] } | undefined, message: string): void {
  if (query?.values.length === 0) throw new StoreError('ERR_INVALID_ARGUMENT', message);
}

function encodeTrustDomains(trustDomains: readonly TrustDomain[]): string {
  return trustDomains.length === 0 ? NONE : JSON.stringify(namesOf(trustDomains));
}

function namesOf(trustDomains: readonly TrustDomain[]): readonly string[] {
  return [...new Set(trustDomains.map(({ name }) => name))];
}

function decodeTrustDomains(json: string): readonly TrustDomain[] {
  return (JSON.parse(json) as readonly string[]).map(parseTrustDomain);
}

function encodeFlag(value: boolean | undefined): 0 | 1 | undefined {
  return value === undefined ? undefined : value ? 1 : 0;
}
