// Original file: proto/grpc/reflection/v1/reflection.proto


export interface ServiceResponseInput {
  /**
   * Full name.
   */
  'name'?: (string);
}

export interface ServiceResponseOutput {
  /**
   * Full name.
   */
  'name': (string);
}
