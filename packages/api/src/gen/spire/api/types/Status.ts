// Original file: proto/spire/api/types/status.proto


/**
 * The status of one item: a gRPC code and a text.
 */
export interface StatusInput {
  'code'?: (number);
  'message'?: (string);
}

/**
 * The status of one item: a gRPC code and a text.
 */
export interface StatusOutput {
  'code': (number);
  'message': (string);
}
