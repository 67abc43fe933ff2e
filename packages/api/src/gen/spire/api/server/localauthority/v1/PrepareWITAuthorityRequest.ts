// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto


export interface PrepareWITAuthorityRequestInput {
}

export interface PrepareWITAuthorityRequestOutput {
}
