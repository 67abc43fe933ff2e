// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { JWTKeyInput as _spire_api_types_JWTKeyInput, JWTKeyOutput as _spire_api_types_JWTKeyOutput } from '../../../../../spire/api/types/JWTKey.ts';

export interface PublishJWTAuthorityResponseInput {
  'jwt_authorities'?: (_spire_api_types_JWTKeyInput)[];
}

export interface PublishJWTAuthorityResponseOutput {
  'jwt_authorities': (_spire_api_types_JWTKeyOutput)[];
}
