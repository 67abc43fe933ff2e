import type { ledgerService } from '@signet/api';
import { type Clock, nowSeconds, type TrustDomain } from '@signet/core';
import { type LedgerStore } from '../datastore/ledger-store.ts';
import { prefixingErrors } from '../error-text.ts';
import { type Ledger } from '../ledger/ledger.ts';
import { ledgerFilterFromWire, ledgerRowToWire } from './ledger-wire.ts';
import { type Handlers } from './service-host.ts';

const MAX_PAGE = 1000;

/** The roles behind the Ledger API. */
export interface LedgerServiceDeps {
  readonly trustDomain: TrustDomain;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'flushed'>;
  readonly ledgerRows: Pick<LedgerStore, 'find'>;
}

/** The handlers of `signet.server.ledger.v1.Ledger`. */
export function createLedgerService(deps: LedgerServiceDeps): Handlers<typeof ledgerService> {
  const { trustDomain, clock, ledger, ledgerRows } = deps;
  return {
    ListSVIDs: async ({ filter: wire, page_size: wanted, page_token: token }) => {
      const filter = ledgerFilterFromWire(wire, trustDomain, nowSeconds(clock));
      const size = wanted > 0 ? Math.min(wanted, MAX_PAGE) : MAX_PAGE;
      await ledger.flushed();
      const page = await prefixingErrors('failed to list SVIDs', ledgerRows.find(filter, { size, token }));
      return { svids: page.items.map(ledgerRowToWire), next_page_token: page.nextPageToken };
    },
  };
}
