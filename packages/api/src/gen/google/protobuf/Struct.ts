// Original file: null

import type { ValueInput as _google_protobuf_ValueInput, ValueOutput as _google_protobuf_ValueOutput } from '../../google/protobuf/Value.ts';

export interface StructInput {
  'fields'?: ({[key: string]: _google_protobuf_ValueInput});
}

export interface StructOutput {
  'fields': ({[key: string]: _google_protobuf_ValueOutput});
}
