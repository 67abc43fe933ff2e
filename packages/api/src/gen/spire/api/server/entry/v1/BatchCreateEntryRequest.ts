// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';
import type { EntryMaskInput as _spire_api_types_EntryMaskInput, EntryMaskOutput as _spire_api_types_EntryMaskOutput } from '../../../../../spire/api/types/EntryMask.ts';

export interface BatchCreateEntryRequestInput {
  'entries'?: (_spire_api_types_EntryInput)[];
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_EntryMaskInput | null);
}

export interface BatchCreateEntryRequestOutput {
  'entries': (_spire_api_types_EntryOutput)[];
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_EntryMaskOutput | null);
}
