// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryMaskInput as _spire_api_types_EntryMaskInput, EntryMaskOutput as _spire_api_types_EntryMaskOutput } from '../../../../../spire/api/types/EntryMask.ts';

export interface SyncAuthorizedEntriesRequestInput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_EntryMaskInput | null);
  'ids'?: (string)[];
}

export interface SyncAuthorizedEntriesRequestOutput {
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_EntryMaskOutput | null);
  'ids': (string)[];
}
