import type { WireEntryOutput } from '@signet/api';

// What proto-loader adds to tell whether an optional field is there; it is no field of the message.
const PRESENCE = '_additional_attributes';

/** An entry with the fields of its message only, for `-output json`. */
export function entryJson(entry: WireEntryOutput): WireEntryOutput {
  const { [PRESENCE]: _presence, ...fields } = entry;
  return fields;
}

/** An entry with every field that is not given at its default. */
export function wholeEntry(given: Partial<WireEntryOutput>): WireEntryOutput {
  return {
    id: '',
    spiffe_id: null,
    parent_id: null,
    selectors: [],
    x509_svid_ttl: 0,
    federates_with: [],
    admin: false,
    downstream: false,
    expires_at: '0',
    dns_names: [],
    revision_number: '0',
    store_svid: false,
    jwt_svid_ttl: 0,
    hint: '',
    created_at: '0',
    ...given,
  };
}
