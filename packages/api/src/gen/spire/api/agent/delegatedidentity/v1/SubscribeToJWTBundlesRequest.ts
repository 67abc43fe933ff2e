// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto


export interface SubscribeToJWTBundlesRequestInput {
}

export interface SubscribeToJWTBundlesRequestOutput {
}
