export * from './errors.ts';
export * from './clock.ts';
export type * from './time.ts';
export { MAX_TRUST_DOMAIN_BYTES, TrustDomain } from './spiffe-id/trust-domain.ts';
export * from './spiffe-id/spiffe-id.ts';
export * from './spiffe-id/kinds.ts';
export * from './spiffe-id/matchers.ts';
