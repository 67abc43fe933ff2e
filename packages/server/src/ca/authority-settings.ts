import type { KeyType, Seconds, TrustDomain } from '@signet/core';

/** How the authorities of one trust domain are made. */
export interface AuthoritySettings {
  readonly trustDomain: TrustDomain;
  /** Names this server's CA journal; stays the same across restarts. */
  readonly serverId: string;
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
