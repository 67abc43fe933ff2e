import {
  type CountEntriesRequestOutput,
  entryFromWire,
  spiffeIdFromWire,
  type WireEntryMaskOutput,
  type WireEntryOutput,
  type WireSPIFFEIDOutput,
} from '@signet/api';
import {
  requireMemberId,
  requireWorkloadId,
  SignetError,
  type SpiffeId,
  type TrustDomain,
} from '@signet/core';
import { type EntryFilter, type EntryUpdate } from '../datastore/entry-store.ts';
import { readingArgument, withPrefix } from '../error-text.ts';
import { type EntryToCreate } from '../registration/create-entries.ts';
import { requireEntryWithinLimits } from '../registration/entry-limits.ts';
import { federatesWithMatchFromWire, requireValues, selectorMatchFromWire } from './match-filter.ts';

/** Reads an entry to create: all fields are taken. @throws {EntryError} with `failed to convert entry: …`. */
export function entryToCreateFromWire(wire: WireEntryOutput, trustDomain: TrustDomain): EntryToCreate {
  const draft = converted(wire, trustDomain, null);
  // Without a mask every field is there; the type cannot say so.
  return draft as EntryToCreate;
}

/** Reads an update: the fields that the mask takes. @throws {EntryError} with `failed to convert entry: …`. */
export function entryUpdateFromWire(
  wire: WireEntryOutput,
  mask: WireEntryMaskOutput | null,
  trustDomain: TrustDomain,
): EntryUpdate {
  const { id, ...fields } = converted(wire, trustDomain, mask);
  return { id, fields };
}

/** Reads the filter of ListEntries and CountEntries. @throws {SignetError} `ERR_INVALID_ARGUMENT`. */
export function entryFilterFromWire(
  wire: CountEntriesRequestOutput['filter'],
  trustDomain: TrustDomain,
): EntryFilter {
  if (wire === null) return {};
  return {
    ...(wire.by_parent_id && {
      parentId: idFilter(wire.by_parent_id, 'malformed parent ID filter', trustDomain, requireMemberId),
    }),
    ...(wire.by_spiffe_id && {
      spiffeId: idFilter(wire.by_spiffe_id, 'malformed SPIFFE ID filter', trustDomain, requireWorkloadId),
    }),
    ...(wire.by_selectors && {
      selectors: requireValues(
        selectorMatchFromWire(wire.by_selectors, 'malformed selectors filter'),
        'malformed selectors filter: empty selector set',
      ),
    }),
    ...(wire.by_federates_with && {
      federatesWith: requireValues(
        federatesWithMatchFromWire(wire.by_federates_with, 'malformed federates with filter'),
        'malformed federates with filter: empty trust domain set',
      ),
    }),
    ...(wire.by_hint && { hint: wire.by_hint.value }),
    ...(wire.by_downstream && { downstream: wire.by_downstream.value }),
  };
}

function idFilter(
  wire: WireSPIFFEIDOutput,
  prefix: string,
  trustDomain: TrustDomain,
  requireKind: (id: SpiffeId, trustDomain: TrustDomain) => void,
): SpiffeId {
  return readingArgument(prefix, () => {
    const id = spiffeIdFromWire(wire);
    requireKind(id, trustDomain);
    return id;
  });
}

function converted(
  wire: WireEntryOutput,
  trustDomain: TrustDomain,
  mask: WireEntryMaskOutput | null,
): ReturnType<typeof entryFromWire> {
  try {
    const draft = entryFromWire(wire, trustDomain, mask);
    requireEntryWithinLimits(draft);
    return draft;
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    throw withPrefix('failed to convert entry', error) as SignetError;
  }
}
