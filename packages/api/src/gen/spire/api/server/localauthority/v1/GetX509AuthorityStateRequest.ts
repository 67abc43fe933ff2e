// Original file: proto/spire/api/server/localauthority/v1/localauthority.proto


export interface GetX509AuthorityStateRequestInput {
}

export interface GetX509AuthorityStateRequestOutput {
}
