// Original file: proto/spire/api/server/entry/v1/entry.proto

import type { EntryInput as _spire_api_types_EntryInput, EntryOutput as _spire_api_types_EntryOutput } from '../../../../../spire/api/types/Entry.ts';

export interface GetAuthorizedEntriesResponseInput {
  'entries'?: (_spire_api_types_EntryInput)[];
}

export interface GetAuthorizedEntriesResponseOutput {
  'entries': (_spire_api_types_EntryOutput)[];
}
