// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryMaskInput as _spire_api_types_EntryMaskInput, EntryMaskOutput as _spire_api_types_EntryMaskOutput } from '../../../../../spire/api/types/EntryMask.ts';

export interface GetEntryRequestInput {
  'id'?: (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_EntryMaskInput | null);
}

export interface GetEntryRequestOutput {
  'id': (string);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_EntryMaskOutput | null);
}
