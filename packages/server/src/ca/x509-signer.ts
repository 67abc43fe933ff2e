import { availableParallelism } from 'node:os';
import { prepareIssuer, type TrustDomain } from '@signet/core';
import type { ManagedKey } from '@signet/plugins';
import type { X509Authority } from './authority.ts';
import type { LeafIssuer, LeafOrder, LeafOutcome } from './leaf-order.ts';
import { signLeafRemotely } from './sign-leaf.ts';
import { openSignPool, type SignPool } from './sign-pool.ts';
import type { SignSeatDeps } from './sign-seat.ts';

/** Signs leaves with whatever authority it was given last. */
export interface X509Signer {
  /** @param ownKeys - public keys (SPKI, hex) that no leaf may carry. */
  use(authority: X509Authority, ownKeys: ReadonlySet<string>): void;
  /** One outcome per order, in order. */
  sign(orders: readonly LeafOrder[]): Promise<readonly LeafOutcome[]>;
  close(): Promise<void>;
}

export interface X509SignerOptions {
  readonly trustDomain: TrustDomain;
  /** Sign workers; 0 signs on the calling thread. */
  readonly workers: number;
}

/** As many workers as help: batches keep two busy, more were not seen to. */
export const DEFAULT_SIGN_WORKERS: number = Math.min(2, availableParallelism());

/** A key that is in this process signs in the workers; any other signs where it is. */
export function openX509Signer(options: X509SignerOptions, deps: SignSeatDeps): X509Signer {
  let pool: SignPool | undefined;
  let current: { issuer: LeafIssuer; key: ManagedKey; pooled: boolean } | undefined;

  return {
    use({ certificate, key }, ownKeys) {
      const { trustDomain } = options;
      const pooled = key.localKey !== undefined && options.workers > 0;
      if (key.localKey !== undefined && pooled) {
        pool ??= openSignPool(options.workers, deps);
        pool.setIssuer({
          trustDomain: trustDomain.name,
          certificateDer: certificate.der,
          key: key.localKey,
          ownKeys: [...ownKeys],
        });
      }
      current = { issuer: { trustDomain, profile: prepareIssuer(certificate), ownKeys }, key, pooled };
    },
    sign(orders) {
      if (current === undefined) throw new TypeError('the signer has no authority yet');
      const { issuer, key, pooled } = current;
      if (pooled && pool !== undefined) return pool.sign(orders);
      return Promise.all(orders.map((order) => signLeafRemotely(order, issuer, key)));
    },
    close: async () => pool?.close(),
  };
}
