import type { ErrorCode, KeyType, Seconds, SpiffeId, TrustDomain, UnixSeconds } from '@signet/core';
import type { KeyManager } from '@signet/plugins/server';
import type { JwtSigningAuthority, X509Authority } from './authority.ts';
import type { IssuedHook } from './issued-credential.ts';

/** How the authorities of one trust domain are made. */
export interface AuthoritySettings {
  readonly trustDomain: TrustDomain;
  readonly caKeyType: KeyType;
  readonly jwtKeyType: KeyType;
  /** Lifetime of X.509 authorities and of JWT keys. */
  readonly caTtl: Seconds;
  /** Attributes of the CA's subject; without any, C=US O=SPIFFE and the serial number. */
  readonly caSubject?: CaSubject;
  /** `disable_jwt_svids`: no JWT key is made and JWT-SVIDs are refused. */
  readonly disableJwtSvids?: boolean;
  /** `jwt_issuer`: the `iss` claim. */
  readonly jwtIssuer?: string;
  /** Sign workers; 0 signs on the main thread. Default min(2, cores). */
  readonly signWorkers?: number;
}

export interface CaSubject {
  readonly country?: string;
  readonly organization?: string;
  readonly commonName?: string;
}

/**
 * Asks for one X.509-SVID.
 *
 * `names: 'csr'` takes ID, DNS names and subject from the CSR (an operator's mint); otherwise the CSR gives only the key.
 */
export interface X509SvidOrder {
  /** Untrusted. */
  readonly csrDer: Uint8Array;
  readonly names: 'csr' | { readonly spiffeId: SpiffeId; readonly dnsNames: readonly string[] };
  readonly ttl: Seconds;
}

/** A signed X.509-SVID as it goes on the wire. */
export interface IssuedX509Svid {
  readonly spiffeId: SpiffeId;
  /** Leaf first, without the root. */
  readonly chainDer: readonly Uint8Array[];
  /** Lower-case hex; `serial` as SPIRE shows it is its decimal form. */
  readonly serialHex: string;
  readonly notBefore: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/**
 * Why an order was not signed.
 *
 * The phase tells the caller which of its own texts belongs in front; `sign` is our fault, the others are the requester's.
 */
export interface SigningFault {
  readonly phase: 'parse' | 'signature' | 'names' | 'sign';
  readonly code: ErrorCode;
  /** Safe to show. */
  readonly message: string;
}

/** Outcome of one order; a refused order is a value, not a throw. */
export type SigningOutcome = { readonly ok: true; readonly svid: IssuedX509Svid } | { readonly ok: false; readonly fault: SigningFault };

export interface JwtSvidOrder {
  readonly spiffeId: SpiffeId;
  readonly audience: readonly string[];
  readonly ttl: Seconds;
  /** base64url of 16 UUID bytes when the entry asks for it. */
  readonly jti?: string;
}

export interface IssuedJwtSvid {
  readonly spiffeId: SpiffeId;
  readonly token: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly authorityId: string;
}

/** Fires after an authority was prepared, activated or given up. */
export type AuthorityListener = (change: { readonly kind: 'x509' | 'jwt'; readonly event: 'prepared' | 'activated' }) => void;

/** The signing side of a trust domain: two slots per kind, kept fresh, and the signers that use the active ones. */
export interface CertificateAuthority {
  /** Restores the slots from the journal, makes what is missing, and starts rotation. Nothing can be signed before. */
  start(): Promise<void>;
  signX509Svid(order: X509SvidOrder): Promise<SigningOutcome>;
  /** One outcome per order, in order. */
  signX509Svids(orders: readonly X509SvidOrder[]): Promise<readonly SigningOutcome[]>;
  signJwtSvid(order: JwtSvidOrder): Promise<IssuedJwtSvid>;
  /** @throws {AuthorityError} `ERR_AUTHORITY_NOT_READY` before `start` ended. */
  activeX509Authority(): X509Authority;
  activeJwtAuthority(): JwtSigningAuthority;
  onChange(listener: AuthorityListener): () => void;
  close(): Promise<void>;
}

export interface CertificateAuthorityDeps {
  readonly keyManager: KeyManager;
  readonly issued?: IssuedHook;
}

export declare function createCertificateAuthority(settings: AuthoritySettings, deps: CertificateAuthorityDeps): CertificateAuthority;
