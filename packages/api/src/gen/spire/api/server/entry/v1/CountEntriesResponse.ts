// Original file: proto/spire/api/server/entry/v1/entry.proto


export interface CountEntriesResponseInput {
  'count'?: (number);
}

export interface CountEntriesResponseOutput {
  'count': (number);
}
