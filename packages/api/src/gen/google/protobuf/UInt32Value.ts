// Original file: null


export interface UInt32ValueInput {
  'value'?: (number);
}

export interface UInt32ValueOutput {
  'value': (number);
}
