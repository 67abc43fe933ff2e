// Original file: proto/grpc/reflection/v1/reflection.proto


export interface FileDescriptorResponseInput {
  /**
   * Encoded google.protobuf.FileDescriptorProto: the file asked for, and what it imports.
   */
  'file_descriptor_proto'?: (Buffer | Uint8Array | string)[];
}

export interface FileDescriptorResponseOutput {
  /**
   * Encoded google.protobuf.FileDescriptorProto: the file asked for, and what it imports.
   */
  'file_descriptor_proto': (Buffer)[];
}
