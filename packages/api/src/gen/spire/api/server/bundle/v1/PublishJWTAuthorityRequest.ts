// Original file: proto/spire/api/server/bundle/v1/bundle.proto

import type { JWTKeyInput as _spire_api_types_JWTKeyInput, JWTKeyOutput as _spire_api_types_JWTKeyOutput } from '../../../../../spire/api/types/JWTKey.ts';

export interface PublishJWTAuthorityRequestInput {
  'jwt_authority'?: (_spire_api_types_JWTKeyInput | null);
}

export interface PublishJWTAuthorityRequestOutput {
  'jwt_authority': (_spire_api_types_JWTKeyOutput | null);
}
