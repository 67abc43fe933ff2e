// Original file: proto/grpc/reflection/v1/reflection.proto

import type { ServerReflectionRequestInput as _grpc_reflection_v1_ServerReflectionRequestInput, ServerReflectionRequestOutput as _grpc_reflection_v1_ServerReflectionRequestOutput } from '../../../grpc/reflection/v1/ServerReflectionRequest.ts';
import type { FileDescriptorResponseInput as _grpc_reflection_v1_FileDescriptorResponseInput, FileDescriptorResponseOutput as _grpc_reflection_v1_FileDescriptorResponseOutput } from '../../../grpc/reflection/v1/FileDescriptorResponse.ts';
import type { ExtensionNumberResponseInput as _grpc_reflection_v1_ExtensionNumberResponseInput, ExtensionNumberResponseOutput as _grpc_reflection_v1_ExtensionNumberResponseOutput } from '../../../grpc/reflection/v1/ExtensionNumberResponse.ts';
import type { ListServiceResponseInput as _grpc_reflection_v1_ListServiceResponseInput, ListServiceResponseOutput as _grpc_reflection_v1_ListServiceResponseOutput } from '../../../grpc/reflection/v1/ListServiceResponse.ts';
import type { ErrorResponseInput as _grpc_reflection_v1_ErrorResponseInput, ErrorResponseOutput as _grpc_reflection_v1_ErrorResponseOutput } from '../../../grpc/reflection/v1/ErrorResponse.ts';

export interface ServerReflectionResponseInput {
  'valid_host'?: (string);
  'original_request'?: (_grpc_reflection_v1_ServerReflectionRequestInput | null);
  'file_descriptor_response'?: (_grpc_reflection_v1_FileDescriptorResponseInput | null);
  'all_extension_numbers_response'?: (_grpc_reflection_v1_ExtensionNumberResponseInput | null);
  'list_services_response'?: (_grpc_reflection_v1_ListServiceResponseInput | null);
  'error_response'?: (_grpc_reflection_v1_ErrorResponseInput | null);
  'message_response'?: "file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response";
}

export interface ServerReflectionResponseOutput {
  'valid_host': (string);
  'original_request': (_grpc_reflection_v1_ServerReflectionRequestOutput | null);
  'file_descriptor_response'?: (_grpc_reflection_v1_FileDescriptorResponseOutput | null);
  'all_extension_numbers_response'?: (_grpc_reflection_v1_ExtensionNumberResponseOutput | null);
  'list_services_response'?: (_grpc_reflection_v1_ListServiceResponseOutput | null);
  'error_response'?: (_grpc_reflection_v1_ErrorResponseOutput | null);
  'message_response'?: "file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response";
}
