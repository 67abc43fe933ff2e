// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';

export interface ListEntriesResponseInput {
  'entries'?: (_spire_api_types_EntryInput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token'?: (string);
}

export interface ListEntriesResponseOutput {
  'entries': (_spire_api_types_EntryOutput)[];
  /**
   * Empty when there is nothing more.
   */
  'next_page_token': (string);
}
