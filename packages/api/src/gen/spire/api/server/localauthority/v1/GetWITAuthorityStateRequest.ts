// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto


export interface GetWITAuthorityStateRequestInput {
}

export interface GetWITAuthorityStateRequestOutput {
}
