import { type Certificate, type SpiffeId } from '@signet/core';
import type { ManagedKey } from '@signet/plugins';

/** Who the agent is to the server: its SVID and the key that goes with it. */
export interface AgentIdentity {
  readonly id: SpiffeId;
  /** leaf first, DER. */
  readonly chainDer: readonly Uint8Array[];
  readonly leaf: Certificate;
  readonly key: ManagedKey;
  /** whether the agent attests anew when its SVID is due, instead of renewing it. */
  readonly reattestable: boolean;
}
