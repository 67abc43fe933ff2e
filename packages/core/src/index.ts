export * from './errors.ts';
export * from './clock.ts';
export type * from './time.ts';
export { MAX_TRUST_DOMAIN_BYTES, TrustDomain } from './spiffe-id/trust-domain.ts';
export * from './spiffe-id/spiffe-id.ts';
export * from './spiffe-id/kinds.ts';
export * from './spiffe-id/matchers.ts';
export * from './registration/selector.ts';
export * from './registration/selector-set.ts';
export * from './registration/match-behavior.ts';
export * from './registration/registration-entry.ts';
export { findWildcardOverlap, validateDnsName } from './registration/dns-name.ts';
export * from './registration/entry-fields.ts';
export * from './registration/entry-rules.ts';
export * from './json/json-value.ts';
export * from './json/parse-json.ts';
export * from './json/format-json.ts';
export * from './bundle/bundle.ts';
export {
  type JwtAuthority,
  JwtBundle,
  type JwtBundleSource,
  jwtBundleOf,
  validateJwtAuthority,
} from './bundle/jwt-bundle.ts';
export * from './bundle/parse-jwt-bundle-jwks.ts';
export * from './bundle/append-bundle.ts';
export * from './bundle/x509-bundle.ts';
export * from './bundle/bundle-set.ts';
export {
  parseSpiffeBundle,
  readSpiffeBundle,
  type SpiffeBundleReading,
} from './bundle/parse-spiffe-bundle.ts';
export {
  type FormatBundleOptions,
  formatJwtBundleJwks,
  formatSpiffeBundle,
} from './bundle/format-spiffe-bundle.ts';
export * from './bundle/bundle-map.ts';
export * from './bundle/prune-bundle.ts';
export * from './bundle/taint-bundle.ts';
export type { BundleChange } from './bundle/bundle-change.ts';
export type { JwtAlgorithm } from './svid/jwt-algorithm.ts';
export { type JwtSvid, parseJwtSvidInsecure } from './svid/jwt-svid.ts';
export * from './svid/sign-jwt-svid.ts';
export { VerifiedTokens } from './svid/verified-tokens.ts';
export * from './svid/verify-jwt-svid.ts';
export * from './x509/certificate.ts';
export { type Conformance } from './x509/conformance.ts';
export { type Extension } from './x509/extensions.ts';
export { keyUsage } from './x509/key-usage.ts';
export { oid } from './x509/object-identifiers.ts';
export { type NameConstraints, type NameSubtree } from './x509/name-constraints.ts';
export { type SignatureAlgorithm } from './x509/signature-algorithm.ts';
export { distinguishedName, type NameAttributes, withNameAttributes } from './x509/distinguished-name.ts';
export * from './x509/csr.ts';
export * from './x509/csr-encoding.ts';
export { checkPublicKey, importCertifiedKey } from './x509/public-key.ts';
export * from './x509/key-type.ts';
export { keyIdentifier } from './x509/key-identifier.ts';
export * from './x509/serial-number.ts';
export * from './x509/pem.ts';
export * from './x509/authority-id.ts';
export * from './x509/issuer-profile.ts';
export * from './x509/svid-profile.ts';
export * from './x509/ca-profile.ts';
export { assembleSigned } from './x509/certificate-encoding.ts';
export * from './x509/svid-lint.ts';
export * from './x509/crl.ts';
export * from './x509/parse-crl.ts';
export * from './x509/verify-crl.ts';
export * from './x509/verify-chain.ts';
export * from './task/task.ts';
export { isTaskId, newTaskId, TASK_ID_OCTETS } from './task/task-id.ts';
export * from './task/task-limits.ts';
export * from './task/task-scope.ts';
export * from './revocation/retention.ts';
export * from './revocation/revocation.ts';
export * from './revocation/revocation-set.ts';
export * from './revocation/revocation-view.ts';
export { requireX509SvidLeaf } from './svid/x509-svid-profile.ts';
export * from './svid/verify-x509-svid.ts';
export * from './svid/x509-svid.ts';
export { nearestName } from './text/nearest-name.ts';
