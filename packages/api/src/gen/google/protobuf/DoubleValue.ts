// Original file: null


export interface DoubleValueInput {
  'value'?: (number | string);
}

export interface DoubleValueOutput {
  'value': (number);
}
