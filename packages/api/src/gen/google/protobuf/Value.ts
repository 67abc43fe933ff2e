// Original file: null

import type { NullValueInput as _google_protobuf_NullValueInput, NullValueOutput as _google_protobuf_NullValueOutput } from '../../google/protobuf/NullValue.ts';
import type { StructInput as _google_protobuf_StructInput, StructOutput as _google_protobuf_StructOutput } from '../../google/protobuf/Struct.ts';
import type { ListValueInput as _google_protobuf_ListValueInput, ListValueOutput as _google_protobuf_ListValueOutput } from '../../google/protobuf/ListValue.ts';

export interface ValueInput {
  'nullValue'?: (_google_protobuf_NullValueInput);
  'numberValue'?: (number | string);
  'stringValue'?: (string);
  'boolValue'?: (boolean);
  'structValue'?: (_google_protobuf_StructInput | null);
  'listValue'?: (_google_protobuf_ListValueInput | null);
  'kind'?: "nullValue"|"numberValue"|"stringValue"|"boolValue"|"structValue"|"listValue";
}

export interface ValueOutput {
  'nullValue'?: (_google_protobuf_NullValueOutput);
  'numberValue'?: (number);
  'stringValue'?: (string);
  'boolValue'?: (boolean);
  'structValue'?: (_google_protobuf_StructOutput | null);
  'listValue'?: (_google_protobuf_ListValueOutput | null);
  'kind'?: "nullValue"|"numberValue"|"stringValue"|"boolValue"|"structValue"|"listValue";
}
