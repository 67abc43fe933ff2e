/**
 * How much is asked of certificates beyond what path validation needs.
 *
 * - `strict`: everything that RFC 5280 demands of those who issue certificates.
 * - `spiffe`: the same without what issuers of SVIDs in use do not keep: SPIRE registers DNS names that are no host names,
 *   and Go, which it is written in, leaves the authority key identifier out where issuer and subject have the same name.
 * - `path-only`: nothing, for hand-made hierarchies.
 */
export type Conformance = 'strict' | 'spiffe' | 'path-only';
