import type { Clock, Seconds, TrustDomain } from '@signet/core';
import type { CertificateAuthority } from '../ca/certificate-authority.ts';

/** What every issuing use case needs. */
export interface IssuanceDeps {
  readonly authority: Pick<CertificateAuthority, 'signX509Svid' | 'signX509Svids' | 'signJwtSvid'>;
  readonly settings: IssuanceSettings;
  readonly clock: Clock;
}

/** Lifetimes and switches that apply when an entry or a request does not say. */
export interface IssuanceSettings {
  readonly trustDomain: TrustDomain;
  /** `default_x509_svid_ttl`. */
  readonly defaultX509SvidTtl: Seconds;
  /** `default_jwt_svid_ttl`. */
  readonly defaultJwtSvidTtl: Seconds;
  /** `agent_ttl`; 0 takes `defaultX509SvidTtl`. */
  readonly agentTtl: Seconds;
  /** `disable_jwt_svids`. */
  readonly disableJwtSvids: boolean;
  /** `jwt_svid_jti`: every JWT-SVID gets a `jti`; otherwise only those of entries that ask for it. */
  readonly jwtSvidJti: boolean;
}
