// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryRevisionInput as _spire_api_server_entry_v1_EntryRevisionInput, EntryRevisionOutput as _spire_api_server_entry_v1_EntryRevisionOutput } from '../../../../../spire/api/server/entry/v1/EntryRevision.ts';
import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';

export interface SyncAuthorizedEntriesResponseInput {
  'entry_revisions'?: (_spire_api_server_entry_v1_EntryRevisionInput)[];
  'entries'?: (_spire_api_types_EntryInput)[];
  /**
   * Another message of the same answer follows.
   */
  'more'?: (boolean);
}

export interface SyncAuthorizedEntriesResponseOutput {
  'entry_revisions': (_spire_api_server_entry_v1_EntryRevisionOutput)[];
  'entries': (_spire_api_types_EntryOutput)[];
  /**
   * Another message of the same answer follows.
   */
  'more': (boolean);
}
