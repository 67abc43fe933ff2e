import {
  EntryError,
  parseEntryFederatesWith,
  parseTrustDomain,
  readEntryField,
  type RegistrationEntry,
  type SpiffeId,
  type TrustDomain,
  validateEntryDnsNames,
  validateEntryHint,
  validateEntryParentId,
  validateEntrySelectors,
  validateEntrySpiffeId,
} from '@signet/core';
import type { EntryInput, EntryOutput } from '../gen/spire/api/types/Entry.ts';
import type { EntryMaskOutput } from '../gen/spire/api/types/EntryMask.ts';
import { applyMask, masked } from './mask.ts';
import { selectorsFromWire, selectorsToWire } from './selector.ts';
import { spiffeIdFromWire, spiffeIdToWire } from './spiffe-id.ts';

/** What a request says of an entry: the fields that its mask takes, each valid by itself, and its ID. */
export type EntryDraft = Partial<Omit<RegistrationEntry, 'revisionNumber' | 'createdAt'>> & {
  readonly id: string;
};

/** An entry as the APIs carry it, cut to the mask. */
export function entryToWire(entry: RegistrationEntry, mask?: EntryMaskOutput | null): EntryInput {
  return applyMask(wholeEntry(entry), mask as Record<string, boolean> | null | undefined, ['id']);
}

function wholeEntry(entry: RegistrationEntry): EntryInput {
  return {
    id: entry.id,
    spiffe_id: spiffeIdToWire(entry.spiffeId),
    parent_id: spiffeIdToWire(entry.parentId),
    selectors: selectorsToWire(entry.selectors),
    x509_svid_ttl: entry.x509SvidTtl,
    jwt_svid_ttl: entry.jwtSvidTtl,
    federates_with: entry.federatesWith.map((trustDomain) => trustDomain.name),
    admin: entry.admin,
    downstream: entry.downstream,
    expires_at: entry.expiresAt,
    dns_names: [...entry.dnsNames],
    revision_number: entry.revisionNumber,
    store_svid: entry.storeSvid,
    hint: entry.hint,
    created_at: entry.createdAt,
    ...additionalAttributes(entry),
  };
}

function additionalAttributes(entry: RegistrationEntry): Pick<EntryInput, 'additional_attributes'> {
  if (!entry.disableX509SvidPrefetch && !entry.jwtSvidIncludeJti) return {};
  return {
    additional_attributes: {
      disable_x509_svid_prefetch: entry.disableX509SvidPrefetch,
      jwt_svid_include_jti: entry.jwtSvidIncludeJti,
    },
  };
}

/**
 * Reads an entry of a request. `revision_number` and `created_at` are ignored.
 *
 * @param mask - which fields to take; absent means all, and a field that the request leaves empty is cleared.
 * @throws {EntryError} or {SpiffeIdError} or {SelectorError} with the texts that follow `failed to convert entry: `.
 */
export function entryFromWire(
  wire: EntryOutput,
  trustDomain: TrustDomain,
  mask?: EntryMaskOutput | null,
): EntryDraft {
  const takes = (field: keyof EntryMaskOutput): boolean =>
    masked(mask as Record<string, boolean> | null | undefined, field);
  return {
    id: wire.id,
    ...(takes('parent_id') && { parentId: parentId(wire, trustDomain) }),
    ...(takes('spiffe_id') && { spiffeId: workloadId(wire, trustDomain) }),
    ...(takes('selectors') && { selectors: checkedSelectors(wire) }),
    ...(takes('dns_names') && { dnsNames: checkedDnsNames(wire) }),
    ...(takes('federates_with') && { federatesWith: parseEntryFederatesWith(wire.federates_with) }),
    ...(takes('x509_svid_ttl') && { x509SvidTtl: wire.x509_svid_ttl }),
    ...(takes('jwt_svid_ttl') && { jwtSvidTtl: wire.jwt_svid_ttl }),
    ...(takes('admin') && { admin: wire.admin }),
    ...(takes('downstream') && { downstream: wire.downstream }),
    ...(takes('expires_at') && { expiresAt: Number(wire.expires_at) }),
    ...(takes('store_svid') && { storeSvid: wire.store_svid }),
    ...(takes('hint') && { hint: checkedHint(wire) }),
    ...(takes('additional_attributes') && {
      disableX509SvidPrefetch: wire.additional_attributes?.disable_x509_svid_prefetch ?? false,
      jwtSvidIncludeJti: wire.additional_attributes?.jwt_svid_include_jti ?? false,
    }),
  };
}

function parentId(wire: EntryOutput, trustDomain: TrustDomain): SpiffeId {
  const id = readEntryField('parentId', () => spiffeIdFromWire(wire.parent_id));
  validateEntryParentId(id, trustDomain);
  return id;
}

function workloadId(wire: EntryOutput, trustDomain: TrustDomain): SpiffeId {
  const id = readEntryField('spiffeId', () => spiffeIdFromWire(wire.spiffe_id));
  validateEntrySpiffeId(id, trustDomain);
  return id;
}

function checkedSelectors(wire: EntryOutput): RegistrationEntry['selectors'] {
  const selectors = wire.selectors.map(({ type, value }) => ({ type, value }));
  validateEntrySelectors(selectors);
  return selectors;
}

function checkedDnsNames(wire: EntryOutput): readonly string[] {
  validateEntryDnsNames(wire.dns_names);
  return wire.dns_names;
}

function checkedHint(wire: EntryOutput): string {
  validateEntryHint(wire.hint);
  return wire.hint;
}

/** An entry as an agent reads it from a server; throws for one that lacks its ID, SPIFFE ID or selectors. */
export function authorizedEntryFromWire(wire: EntryOutput): RegistrationEntry {
  if (wire.id === '') throw new EntryError('ERR_ENTRY_ID', 'entry has no ID');
  if (wire.selectors.length === 0)
    throw new EntryError('ERR_ENTRY_SELECTORS_EMPTY', 'selector list is empty');
  const spiffeId = spiffeIdFromWire(wire.spiffe_id);
  return {
    id: wire.id,
    spiffeId,
    parentId: wire.parent_id === null ? spiffeId : spiffeIdFromWire(wire.parent_id),
    selectors: selectorsFromWire(wire.selectors),
    x509SvidTtl: wire.x509_svid_ttl,
    jwtSvidTtl: wire.jwt_svid_ttl,
    federatesWith: wire.federates_with.map((name) => parseTrustDomain(name)),
    admin: wire.admin,
    downstream: wire.downstream,
    expiresAt: Number(wire.expires_at),
    dnsNames: wire.dns_names,
    revisionNumber: Number(wire.revision_number),
    storeSvid: wire.store_svid,
    hint: wire.hint,
    createdAt: Number(wire.created_at),
    disableX509SvidPrefetch: wire.additional_attributes?.disable_x509_svid_prefetch ?? false,
    jwtSvidIncludeJti: wire.additional_attributes?.jwt_svid_include_jti ?? false,
  };
}
