// Original file: proto/grpc/reflection/v1/reflection.proto

import type { ExtensionRequestInput as _grpc_reflection_v1_ExtensionRequestInput, ExtensionRequestOutput as _grpc_reflection_v1_ExtensionRequestOutput } from '../../../grpc/reflection/v1/ExtensionRequest.ts';

export interface ServerReflectionRequestInput {
  'host'?: (string);
  /**
   * A file by its name, as imports spell it.
   */
  'file_by_filename'?: (string);
  /**
   * The file that declares a service, method, message or enum.
   */
  'file_containing_symbol'?: (string);
  /**
   * The file that declares an extension.
   */
  'file_containing_extension'?: (_grpc_reflection_v1_ExtensionRequestInput | null);
  /**
   * The numbers of all extensions of a message.
   */
  'all_extension_numbers_of_type'?: (string);
  /**
   * All services; the value says nothing.
   */
  'list_services'?: (string);
  'message_request'?: "file_by_filename"|"file_containing_symbol"|"file_containing_extension"|"all_extension_numbers_of_type"|"list_services";
}

export interface ServerReflectionRequestOutput {
  'host': (string);
  /**
   * A file by its name, as imports spell it.
   */
  'file_by_filename'?: (string);
  /**
   * The file that declares a service, method, message or enum.
   */
  'file_containing_symbol'?: (string);
  /**
   * The file that declares an extension.
   */
  'file_containing_extension'?: (_grpc_reflection_v1_ExtensionRequestOutput | null);
  /**
   * The numbers of all extensions of a message.
   */
  'all_extension_numbers_of_type'?: (string);
  /**
   * All services; the value says nothing.
   */
  'list_services'?: (string);
  'message_request'?: "file_by_filename"|"file_containing_symbol"|"file_containing_extension"|"all_extension_numbers_of_type"|"list_services";
}
