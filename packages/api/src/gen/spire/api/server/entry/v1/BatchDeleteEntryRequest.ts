// Original file: proto/spire/api/server/entry/v1/entry.proto


export interface BatchDeleteEntryRequestInput {
  'ids'?: (string)[];
}

export interface BatchDeleteEntryRequestOutput {
  'ids': (string)[];
}
