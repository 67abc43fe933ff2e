import { createPublicKey } from 'node:crypto';
import { formatJson } from '../json/format-json.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Bundle, BundleJwtAuthority, BundleX509Authority } from './bundle.ts';
import { jwkMembersOf } from './jwk.ts';

/** How a bundle document is laid out. */
export interface FormatBundleOptions {
  /** Spaces per level; 0, the default, gives compact text. */
  readonly indent?: number;
}

/**
 * The bundle as its SPIFFE document: X.509 authorities, then JWT authorities, with nothing that SPIFFE does not define.
 *
 * Sequence and refresh hint are left out when 0.
 *
 * @throws {X509Error} when an X.509 authority is no certificate.
 * @spec SPIFFE Trust Domain and Bundle §4; X509-SVID §6.1; JWT-SVID §6.1
 */
export function formatSpiffeBundle(bundle: Bundle, options: FormatBundleOptions = {}): string {
  return formatJson(spiffeBundleDocument(bundle), options.indent);
}

/** The bundle's SPIFFE document, not yet text. @throws {X509Error} as {@link formatSpiffeBundle} */
export function spiffeBundleDocument(bundle: Bundle): JsonObject {
  const document = new Map<string, JsonValue>([
    ['keys', [...bundle.x509Authorities.map(x509Jwk), ...bundle.jwtAuthorities.map(spiffeJwtJwk)]],
  ]);
  if (bundle.sequenceNumber !== 0n) document.set('spiffe_sequence', bundle.sequenceNumber);
  if (bundle.refreshHint !== 0) document.set('spiffe_refresh_hint', bundle.refreshHint);
  return document;
}

/**
 * The bundle's JWT authorities as a plain JWK Set, as the Workload API sends them: no `use`, which generic JOSE
 * libraries would misread.
 */
export function formatJwtBundleJwks(bundle: Bundle, options: FormatBundleOptions = {}): string {
  const keys = bundle.jwtAuthorities.map((authority) => jwtJwk(authority));
  return formatJson(new Map([['keys', keys]]), options.indent);
}

function x509Jwk({ der }: BundleX509Authority): JsonObject {
  return new Map<string, JsonValue>([
    ['use', 'x509-svid'],
    ...jwkMembersOf(parseCertificate(der).publicKey),
    ['x5c', [Buffer.from(der).toString('base64')]],
  ]);
}

function spiffeJwtJwk(authority: BundleJwtAuthority): JsonObject {
  return new Map<string, JsonValue>([['use', 'jwt-svid'], ...jwtJwk(authority)]);
}

function jwtJwk({ keyId, spkiDer }: BundleJwtAuthority): JsonObject {
  const key = createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' });
  return new Map([['kid', keyId], ...jwkMembersOf(key)]);
}
