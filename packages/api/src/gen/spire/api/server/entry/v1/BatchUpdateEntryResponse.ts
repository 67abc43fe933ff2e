// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';
import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_entry_v1_BatchUpdateEntryResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'entry'?: (_spire_api_types_EntryInput | null);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_entry_v1_BatchUpdateEntryResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'entry': (_spire_api_types_EntryOutput | null);
}

export interface BatchUpdateEntryResponseInput {
  'results'?: (_spire_api_server_entry_v1_BatchUpdateEntryResponse_ResultInput)[];
}

export interface BatchUpdateEntryResponseOutput {
  'results': (_spire_api_server_entry_v1_BatchUpdateEntryResponse_ResultOutput)[];
}
