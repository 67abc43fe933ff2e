// Original file: proto/grpc/reflection/v1/reflection.proto


export interface ErrorResponseInput {
  /**
   * A gRPC status code.
   */
  'error_code'?: (number);
  'error_message'?: (string);
}

export interface ErrorResponseOutput {
  /**
   * A gRPC status code.
   */
  'error_code': (number);
  'error_message': (string);
}
