// Original file: null


export interface StringValueInput {
  'value'?: (string);
}

export interface StringValueOutput {
  'value': (string);
}
