import { CsrError, nowSeconds, type RegistrationEntry, type SignetError, type SpiffeId } from '@signet/core';
import type { IssuedX509Svid, X509SvidOrder } from '../ca/certificate-authority.ts';
import { decideEntrySvid } from './decide-issuance.ts';
import type { IssuanceDeps } from './issuance-deps.ts';
import { entryTexts, refusalOf } from './refusal.ts';

/** One X.509-SVID of a batch. */
export interface EntrySvidRequest {
  /** An entry that the caller was found to be authorized for. */
  readonly entry: RegistrationEntry;
  readonly agentId: SpiffeId;
  /** Untrusted; only its key is used. */
  readonly csrDer: Uint8Array;
}

/** Outcome of one item; a refused item is a value, not a throw. */
export type EntrySvidResult =
  { readonly ok: true; readonly svid: IssuedX509Svid } | { readonly ok: false; readonly error: SignetError };

/**
 * Issues X.509-SVIDs for entries: one result per item, in order.
 *
 * @spec SPIRE SVID API, BatchNewX509SVID
 */
export async function issueX509Svids(
  items: readonly EntrySvidRequest[],
  deps: IssuanceDeps,
): Promise<readonly EntrySvidResult[]> {
  const now = nowSeconds(deps.clock);
  const plans = items.map((item) => planItem(item, deps, now));
  const outcomes = await deps.authority.signX509Svids(plans.filter(isOrder));
  let next = 0;
  return plans.map((plan) => {
    if (!isOrder(plan)) return plan;
    const outcome = outcomes[next++];
    if (outcome === undefined) throw new TypeError('the signer answered fewer orders than it was given');
    return outcome.ok ? outcome : { ok: false, error: refusalOf(outcome.fault, entryTexts) };
  });
}

type Refused = Extract<EntrySvidResult, { ok: false }>;

function planItem(item: EntrySvidRequest, deps: IssuanceDeps, now: number): X509SvidOrder | Refused {
  if (item.csrDer.length === 0) return { ok: false, error: new CsrError('ERR_CSR_MISSING', 'missing CSR') };
  const decision = decideEntrySvid(item.entry, deps.settings, now);
  if (!decision.granted) return { ok: false, error: decision.error };
  const { spiffeId, dnsNames, ttl } = decision.order;
  const { id: entryId, selectors } = item.entry;
  const origin = { by: 'entry', entryId, agentId: item.agentId, selectors } as const;
  return { csrDer: item.csrDer, names: { spiffeId, dnsNames }, ttl, origin };
}

function isOrder(plan: X509SvidOrder | Refused): plan is X509SvidOrder {
  return !('ok' in plan);
}
