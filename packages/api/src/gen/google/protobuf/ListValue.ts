// Original file: null

import type { ValueInput as _google_protobuf_ValueInput, ValueOutput as _google_protobuf_ValueOutput } from '../../google/protobuf/Value.ts';

export interface ListValueInput {
  'values'?: (_google_protobuf_ValueInput)[];
}

export interface ListValueOutput {
  'values': (_google_protobuf_ValueOutput)[];
}
