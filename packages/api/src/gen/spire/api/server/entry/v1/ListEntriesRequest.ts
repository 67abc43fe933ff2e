// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryMaskInput as _spire_api_types_EntryMaskInput, EntryMaskOutput as _spire_api_types_EntryMaskOutput } from '../../../../../spire/api/types/EntryMask.ts';
import type { SPIFFEIDInput as _spire_api_types_SPIFFEIDInput, SPIFFEIDOutput as _spire_api_types_SPIFFEIDOutput } from '../../../../../spire/api/types/SPIFFEID.ts';
import type { SelectorMatchInput as _spire_api_types_SelectorMatchInput, SelectorMatchOutput as _spire_api_types_SelectorMatchOutput } from '../../../../../spire/api/types/SelectorMatch.ts';
import type { FederatesWithMatchInput as _spire_api_types_FederatesWithMatchInput, FederatesWithMatchOutput as _spire_api_types_FederatesWithMatchOutput } from '../../../../../spire/api/types/FederatesWithMatch.ts';
import type { StringValueInput as _google_protobuf_StringValueInput, StringValueOutput as _google_protobuf_StringValueOutput } from '../../../../../google/protobuf/StringValue.ts';
import type { BoolValueInput as _google_protobuf_BoolValueInput, BoolValueOutput as _google_protobuf_BoolValueOutput } from '../../../../../google/protobuf/BoolValue.ts';

/**
 * All that are set must hold.
 */
export interface _spire_api_server_entry_v1_ListEntriesRequest_FilterInput {
  'by_spiffe_id'?: (_spire_api_types_SPIFFEIDInput | null);
  'by_parent_id'?: (_spire_api_types_SPIFFEIDInput | null);
  'by_selectors'?: (_spire_api_types_SelectorMatchInput | null);
  'by_federates_with'?: (_spire_api_types_FederatesWithMatchInput | null);
  'by_hint'?: (_google_protobuf_StringValueInput | null);
  'by_downstream'?: (_google_protobuf_BoolValueInput | null);
}

/**
 * All that are set must hold.
 */
export interface _spire_api_server_entry_v1_ListEntriesRequest_FilterOutput {
  'by_spiffe_id': (_spire_api_types_SPIFFEIDOutput | null);
  'by_parent_id': (_spire_api_types_SPIFFEIDOutput | null);
  'by_selectors': (_spire_api_types_SelectorMatchOutput | null);
  'by_federates_with': (_spire_api_types_FederatesWithMatchOutput | null);
  'by_hint': (_google_protobuf_StringValueOutput | null);
  'by_downstream': (_google_protobuf_BoolValueOutput | null);
}

export interface ListEntriesRequestInput {
  'filter'?: (_spire_api_server_entry_v1_ListEntriesRequest_FilterInput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask'?: (_spire_api_types_EntryMaskInput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size'?: (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token'?: (string);
}

export interface ListEntriesRequestOutput {
  'filter': (_spire_api_server_entry_v1_ListEntriesRequest_FilterOutput | null);
  /**
   * Which fields to answer with; absent means all.
   */
  'output_mask': (_spire_api_types_EntryMaskOutput | null);
  /**
   * The most rows of one answer; 0 or less means all.
   */
  'page_size': (number);
  /**
   * The token of the answer before, empty at first.
   */
  'page_token': (string);
}
