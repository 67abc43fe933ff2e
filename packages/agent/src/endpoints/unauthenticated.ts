import type { Bundle } from '@signet/core';
import type { AgentCache } from '../sync/agent-cache.ts';
import { encodeJwtBundles, encodeX509Bundles } from './workload-messages.ts';
import type { Feed } from './workload-view.ts';

const made = new WeakMap<Bundle, Map<Feed, Buffer>>();

/** What a caller without identity gets where the operator allows it: the own trust domain's bundle, and no SVIDs. */
export function unauthenticatedMessage(feed: Feed, cache: AgentCache): Buffer | undefined {
  const own = cache.ownBundle;
  if (own === undefined || feed === 'x509Svids') return undefined;
  const messages = made.get(own) ?? new Map<Feed, Buffer>();
  made.set(own, messages);
  const encode = feed === 'x509Bundles' ? encodeX509Bundles : encodeJwtBundles;
  const message = messages.get(feed) ?? encode([own]);
  messages.set(feed, message);
  return message;
}
