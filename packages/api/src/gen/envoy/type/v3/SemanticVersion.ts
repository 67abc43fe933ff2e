// Original file: proto/envoy/type/v3/semantic_version.proto


/**
 * Major, minor and patch.
 */
export interface SemanticVersionInput {
  'major_number'?: (number);
  'minor_number'?: (number);
  'patch'?: (number);
}

/**
 * Major, minor and patch.
 */
export interface SemanticVersionOutput {
  'major_number': (number);
  'minor_number': (number);
  'patch': (number);
}
