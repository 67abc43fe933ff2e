// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto


export interface SubscribeToX509BundlesRequestInput {
}

export interface SubscribeToX509BundlesRequestOutput {
}
