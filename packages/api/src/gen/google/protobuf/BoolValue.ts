// Original file: null


export interface BoolValueInput {
  'value'?: (boolean);
}

export interface BoolValueOutput {
  'value': (boolean);
}
