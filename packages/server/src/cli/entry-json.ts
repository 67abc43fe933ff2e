import type { WireEntryOutput } from '@signet/api';

/** An entry with the fields of its message only, for `-output json`. */
export function entryJson(entry: WireEntryOutput): WireEntryOutput {
  const fields = { ...entry };
  // proto-loader tells with it whether the optional field is there; it is no field of the message.
  delete fields._additional_attributes;
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
