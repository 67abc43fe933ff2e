// Original file: proto/spire/api/server/bundle/v1/bundle.proto


export interface CountBundlesRequestInput {
}

export interface CountBundlesRequestOutput {
}
