// Original file: proto/spire/api/server/bundle/v1/bundle.proto


// Original file: proto/spire/api/server/bundle/v1/bundle.proto

/**
 * What becomes of entries that federate with the trust domain.
 */
export const _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_Mode = {
  /**
   * Refuse while there are such entries.
   */
  RESTRICT: 'RESTRICT',
  /**
   * Delete them too.
   */
  DELETE: 'DELETE',
  /**
   * Take the trust domain out of them.
   */
  DISSOCIATE: 'DISSOCIATE',
} as const;

/**
 * What becomes of entries that federate with the trust domain.
 */
export type _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_ModeInput =
  /**
   * Refuse while there are such entries.
   */
  | 'RESTRICT'
  | 0
  /**
   * Delete them too.
   */
  | 'DELETE'
  | 1
  /**
   * Take the trust domain out of them.
   */
  | 'DISSOCIATE'
  | 2

/**
 * What becomes of entries that federate with the trust domain.
 */
export type _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_ModeOutput = typeof _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_Mode[keyof typeof _spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_Mode]

export interface BatchDeleteFederatedBundleRequestInput {
  'trust_domains'?: (string)[];
  'mode'?: (_spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_ModeInput);
}

export interface BatchDeleteFederatedBundleRequestOutput {
  'trust_domains': (string)[];
  'mode': (_spire_api_server_bundle_v1_BatchDeleteFederatedBundleRequest_ModeOutput);
}
