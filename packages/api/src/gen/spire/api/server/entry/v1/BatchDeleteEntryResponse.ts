// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { StatusInput as _spire_api_types_StatusInput, StatusOutput as _spire_api_types_StatusOutput } from '../../../../../spire/api/types/Status.ts';

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_entry_v1_BatchDeleteEntryResponse_ResultInput {
  'status'?: (_spire_api_types_StatusInput | null);
  'id'?: (string);
}

/**
 * The outcome for one item, in the order of the request. The status is always set.
 */
export interface _spire_api_server_entry_v1_BatchDeleteEntryResponse_ResultOutput {
  'status': (_spire_api_types_StatusOutput | null);
  'id': (string);
}

export interface BatchDeleteEntryResponseInput {
  'results'?: (_spire_api_server_entry_v1_BatchDeleteEntryResponse_ResultInput)[];
}

export interface BatchDeleteEntryResponseOutput {
  'results': (_spire_api_server_entry_v1_BatchDeleteEntryResponse_ResultOutput)[];
}
