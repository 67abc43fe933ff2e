// Original file: null


export interface EmptyInput {
}

export interface EmptyOutput {
}
