// Original file: null


export interface FloatValueInput {
  'value'?: (number | string);
}

export interface FloatValueOutput {
  'value': (number);
}
