import type { Bundle } from '@signet/core';
import type { AgentCache } from '../sync/agent-cache.ts';
import { encodeJwtBundles, encodeX509Bundles } from './workload-messages.ts';
import type { Feed } from './workload-view.ts';

interface Made {
  readonly crls: readonly Uint8Array[];
  readonly messages: Map<Feed, Buffer>;
}

const made = new WeakMap<Bundle, Made>();

/** What a caller without identity gets where the operator allows it: the own trust domain's bundle, and no SVIDs. */
export function unauthenticatedMessage(feed: Feed, cache: AgentCache): Buffer | undefined {
  const own = cache.ownBundle;
  if (own === undefined || feed === 'x509Svids') return undefined;
  const messages = madeOf(own, cache.crls);
  const message = messages.get(feed) ?? encode(feed, own, cache.crls);
  messages.set(feed, message);
  return message;
}

function madeOf(own: Bundle, crls: readonly Uint8Array[]): Map<Feed, Buffer> {
  const known = made.get(own);
  if (known?.crls === crls) return known.messages;
  const messages = new Map<Feed, Buffer>();
  made.set(own, { crls, messages });
  return messages;
}

function encode(feed: Feed, own: Bundle, crls: readonly Uint8Array[]): Buffer {
  return feed === 'x509Bundles' ? encodeX509Bundles([own], crls) : encodeJwtBundles([own]);
}
