import type { RegistrationEntry, UnixSeconds } from '@signet/core';
import { isForVersion, type X509SvidRecord } from './x509-svid-record.ts';

/** What the plan looks at. */
export interface SvidPlanInput {
  readonly entries: ReadonlyMap<string, RegistrationEntry>;
  readonly svids: ReadonlyMap<string, X509SvidRecord>;
  /** IDs of entries that a workload is waiting for or watching. */
  readonly subscribed: ReadonlySet<string>;
  /** IDs of entries that the server refused lately, and that are not asked for again yet. */
  readonly resting: ReadonlySet<string>;
  readonly now: UnixSeconds;
  /** how many SVIDs are kept that nobody watches. */
  readonly maxUnwatched: number;
}

/** What to do to have what is wanted. */
export interface SvidPlan {
  /** entries to ask an X.509-SVID for; those that a workload waits for come first, then the ones nearest to expiry. */
  readonly fetch: readonly RegistrationEntry[];
  /** IDs of entries whose SVID is not worth keeping. */
  readonly evict: readonly string[];
}

/**
 * Which X.509-SVIDs are asked for and which are given up. Doing what it says and planning again gives nothing to do.
 *
 * An SVID is wanted for every entry that is watched and, up to `maxUnwatched` of them, for every other entry that
 * does not forbid it. It is asked for when it is missing, due for rotation, or for a former version of its entry.
 *
 * @spec SPIRE server API §13, SVIDs
 */
export function planSvids(input: SvidPlanInput): SvidPlan {
  const { watched, unwatched } = wanted(input);
  const kept = unwatched.slice(0, input.maxUnwatched);
  const surplus = unwatched.slice(input.maxUnwatched);
  const due = [...watched, ...kept].filter((entry) => isDue(entry, input));
  return {
    fetch: due.sort((a, b) => urgency(a, input) - urgency(b, input)),
    evict: surplus.filter((entry) => input.svids.has(entry.id)).map((entry) => entry.id),
  };
}

function wanted(input: SvidPlanInput): { watched: RegistrationEntry[]; unwatched: RegistrationEntry[] } {
  const watched: RegistrationEntry[] = [];
  const cached: RegistrationEntry[] = [];
  const others: RegistrationEntry[] = [];
  for (const entry of input.entries.values()) {
    if (entry.storeSvid) continue;
    if (input.subscribed.has(entry.id)) watched.push(entry);
    else if (entry.disableX509SvidPrefetch) continue;
    else if (input.svids.has(entry.id)) cached.push(entry);
    else others.push(entry);
  }
  return { watched, unwatched: [...cached, ...others] };
}

function isDue(entry: RegistrationEntry, { svids, now, resting }: SvidPlanInput): boolean {
  if (resting.has(entry.id)) return false;
  const svid = svids.get(entry.id);
  return svid === undefined || svid.rotateAt <= now || !isForVersion(svid, entry);
}

/** Lower is sooner: first what is watched and missing, then by the time of expiry. */
function urgency(entry: RegistrationEntry, { svids, subscribed }: SvidPlanInput): number {
  const expiry = svids.get(entry.id)?.notAfter ?? 0;
  return subscribed.has(entry.id) && expiry === 0 ? -1 : expiry;
}
