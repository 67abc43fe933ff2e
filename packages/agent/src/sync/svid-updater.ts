import { nowSeconds, type RegistrationEntry } from '@signet/core';
import type { Metrics } from '@signet/daemon';
import type { ServerConnection } from '../server-api/server-connection.ts';
import type { AgentCache } from './agent-cache.ts';
import { MAX_BATCH, nextBatchSize } from './batch-size.ts';
import { inPages } from './entry-plan.ts';
import type { Interest } from './interest.ts';
import { Pauses } from './pauses.ts';
import { fetchX509Svids, type SvidFetchDeps } from './svid-fetcher.ts';
import { planSvids } from './svid-plan.ts';
import { isForVersion, type X509SvidRecord } from './x509-svid-record.ts';

/** What keeping SVIDs current needs. */
export interface SvidUpdaterDeps extends SvidFetchDeps {
  readonly cache: AgentCache;
  readonly connection: ServerConnection;
  readonly interest: Interest;
  readonly maxUnwatched: number;
  readonly metrics: Metrics;
  /** default: nothing is. */
  readonly isRevoked?: (svid: X509SvidRecord) => boolean;
  /** monotonic; default: the machine's. */
  readonly monotonicMs?: () => number;
}

/** An entry that the server would not issue an SVID for is asked for again after so long. */
const REFUSED = { firstMs: 500, longestMs: 4 * 60_000 };

/** Keeps the cache's X.509-SVIDs as the plan wants them. */
export class SvidUpdater {
  readonly #deps: SvidUpdaterDeps;
  readonly #refused: Pauses<string>;
  #batchSize = MAX_BATCH;
  #underWay: Promise<void> | undefined;
  #again = false;

  constructor(deps: SvidUpdaterDeps) {
    this.#deps = deps;
    this.#refused = new Pauses(REFUSED, deps.monotonicMs);
  }

  /**
   * Fetches what is missing or due and gives up what is surplus. A call made while another works is carried out after it,
   * however many there are, once.
   *
   * @throws {ServerCallError} when a call to the server fails; what was fetched before it is kept.
   */
  update(): Promise<void> {
    if (this.#underWay === undefined) {
      this.#underWay = this.#updateAll().finally(() => (this.#underWay = undefined));
    } else {
      this.#again = true;
    }
    return this.#underWay;
  }

  async #updateAll(): Promise<void> {
    do {
      this.#again = false;
      await this.#updateOnce();
    } while (this.#again as boolean);
  }

  async #updateOnce(): Promise<void> {
    const { cache, clock, interest, maxUnwatched, metrics } = this.#deps;
    this.#refused.retain(cache.entries);
    const { fetch, evict } = planSvids({
      entries: cache.entries,
      svids: cache.svids,
      subscribed: interest.ids(),
      resting: this.#refused.keysOn(),
      now: nowSeconds(clock),
      maxUnwatched,
    });
    cache.dropSvids(evict);
    this.#count(fetch);
    try {
      if (fetch.length > 0) await this.#fetchAll(fetch);
    } finally {
      metrics.gauge(['lru_cache_svid_map_size'], cache.svids.size);
    }
  }

  /** Of what is fetched, what replaces SVIDs that are there. @spec SPIRE telemetry */
  #count(fetch: readonly RegistrationEntry[]): void {
    const { cache, metrics } = this.#deps;
    const replaced = fetch.filter(({ id }) => cache.svids.has(id));
    const outdated = replaced.filter((entry) => {
      const svid = cache.svids.get(entry.id);
      return svid !== undefined && !isForVersion(svid, entry);
    });
    const expiring = replaced.length - outdated.length;
    if (expiring > 0) metrics.sample(['cache_manager', 'expiring_svids', 'workload'], expiring);
    if (outdated.length > 0) metrics.sample(['cache_manager', 'outdated_svids', 'workload'], outdated.length);
  }

  async #fetchAll(entries: readonly RegistrationEntry[]): Promise<void> {
    const end = this.#deps.metrics.callCounter(['manager', 'sync', 'fetch_svids_updates']).start();
    try {
      // The size may change on the way: pages are cut one at a time.
      for (let at = 0; at < entries.length;) {
        const page = inPages(entries.slice(at), this.#batchSize)[0] ?? [];
        await this.#fetchBatch(page);
        at += page.length;
      }
      end(0);
    } catch (error) {
      end(2);
      throw error;
    }
  }

  async #fetchBatch(entries: readonly RegistrationEntry[]): Promise<void> {
    const { cache, connection, isRevoked = () => false } = this.#deps;
    try {
      const fetched = await connection.use(({ svid }) => fetchX509Svids(svid, entries, this.#deps));
      // Some may have been revoked while they were on their way.
      const svids = fetched.filter((svid) => !isRevoked(svid));
      this.#batchSize = nextBatchSize(this.#batchSize, true);
      const issued = new Set(svids.map((svid) => svid.entryId));
      for (const { id } of entries) {
        if (issued.has(id)) this.#refused.succeeded(id);
        else this.#refused.failed(id);
      }
      cache.putSvids(svids);
    } catch (error) {
      this.#batchSize = nextBatchSize(this.#batchSize, false);
      throw error;
    }
  }
}
