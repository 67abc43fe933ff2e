import { type Clock, SignetError } from '@signet/core';
import { type ServerRpc } from '@signet/api';
import { addressKey } from '@signet/daemon';
import { type RateLimitName, ruleFor } from '../authz/rpc-policy.ts';
import { withPrefix } from '../error-text.ts';
import { PerPeerRateLimiter, type RateLimitCall, type RateLimiter, type Sleep } from './rate-limiter.ts';

/**
 * Largest message we take, bytes: gRPC's own default, which no SPIRE peer raises. A batch of 500 CSRs or a page of
 * 500 entries fits many times over.
 */
export const MAX_RECEIVE_BYTES: number = 4 * 1024 * 1024;

const KIB = 1024;

/**
 * Largest request of the methods that agents and strangers may call, where it is less: what waits for its turn in the
 * rate limits waits with its request. A CSR has 64 KiB at most, a page of 500 entry IDs has 20.
 */
const maxRequestBytes: ReadonlyMap<string, number> = new Map<ServerRpc, number>([
  ['/spire.api.server.agent.v1.Agent/AttestAgent', 1024 * KIB],
  ['/spire.api.server.agent.v1.Agent/RenewAgent', 128 * KIB],
  ['/spire.api.server.agent.v1.Agent/PostStatus', 16 * KIB],
  ['/spire.api.server.bundle.v1.Bundle/GetBundle', 16 * KIB],
  ['/spire.api.server.bundle.v1.Bundle/GetFederatedBundle', 16 * KIB],
  ['/spire.api.server.bundle.v1.Bundle/PublishJWTAuthority', 128 * KIB],
  ['/spire.api.server.entry.v1.Entry/GetAuthorizedEntries', 16 * KIB],
  ['/spire.api.server.entry.v1.Entry/SyncAuthorizedEntries', 1024 * KIB],
  ['/spire.api.server.svid.v1.SVID/NewJWTSVID', 128 * KIB],
  ['/signet.agent.v1.AgentTask/BeginTask', 128 * KIB],
  ['/signet.agent.v1.AgentTask/EndTasks', 1024 * KIB],
  ['/signet.agent.v1.AgentTask/ListTasks', 16 * KIB],
  ['/signet.agent.v1.AgentTask/ListTaskEntries', 16 * KIB],
  ['/signet.agent.v1.AgentTask/NewX509SVID', 128 * KIB],
  ['/signet.agent.v1.AgentTask/NewJWTSVID', 128 * KIB],
]);

/** @throws {SignetError} `ERR_RESOURCE_EXHAUSTED` the request is larger than the method takes. */
export function requireRequestSize(method: string, bytes: number): void {
  const most = maxRequestBytes.get(method) ?? MAX_RECEIVE_BYTES;
  if (bytes <= most) return;
  const text = `request has ${bytes} bytes, at most ${most} are allowed`;
  throw new SignetError('ERR_RESOURCE_EXHAUSTED', text);
}

/** Calls open at once on one connection. Agents use a handful, the CLI one. */
export const MAX_CONCURRENT_STREAMS: number = 100;

/** Tokens per second, and at once, that each peer IP has in each bucket. */
const tokensPerSecond = {
  attest: 1,
  csr: 500,
  jwt: 500,
  wit: 500,
  'push-key': 500,
  'post-status': 10,
  // Agents behind one address that come back together wait for their turn, up to a few seconds.
  feed: 500,
  // Each one is sent to all agents; many credentials are revoked by one rule.
  revoke: 20,
  // Each is a row that stays for two days.
  'task-begin': 200,
  // Ends do not wait for those who begin.
  task: 500,
} satisfies Record<RateLimitName, number>;

/** How the refusal of each limited method begins. */
const refusalPrefix: ReadonlyMap<string, string> = new Map<ServerRpc, string>([
  ['/spire.api.server.agent.v1.Agent/AttestAgent', 'rejecting request due to attest agent rate limiting'],
  ['/spire.api.server.agent.v1.Agent/RenewAgent', 'rejecting request due to renew agent rate limiting'],
  ['/spire.api.server.agent.v1.Agent/PostStatus', 'rejecting request due to post status rate limiting'],
  [
    '/spire.api.server.svid.v1.SVID/BatchNewX509SVID',
    'rejecting request due to certificate signing rate limiting',
  ],
  [
    '/spire.api.server.svid.v1.SVID/BatchNewWITSVID',
    'rejecting request due to certificate signing rate limiting',
  ],
  ['/spire.api.server.svid.v1.SVID/NewJWTSVID', 'rejecting request due to JWT signing request rate limiting'],
  [
    '/spire.api.server.svid.v1.SVID/NewDownstreamX509CA',
    'rejecting request due to downstream CA signing rate limit',
  ],
  [
    '/spire.api.server.bundle.v1.Bundle/PublishJWTAuthority',
    'rejecting request due to key publishing rate limiting',
  ],
  [
    '/spire.api.server.bundle.v1.Bundle/PublishWITAuthority',
    'rejecting request due to key publishing rate limiting',
  ],
]);

/** Methods whose cost is the number of items in the request: they are charged once the request is decoded. */
const chargedPerItem: ReadonlySet<string> = new Set<ServerRpc>([
  '/spire.api.server.svid.v1.SVID/BatchNewX509SVID',
  '/spire.api.server.svid.v1.SVID/BatchNewWITSVID',
]);

/** Which of the switchable limits are on. */
export interface RateLimitSwitches {
  readonly attestation: boolean;
  readonly signing: boolean;
}

/** The rate limits of all methods. */
export interface RateLimits {
  /** Takes the one token of a call; free for methods without a limit and for those that are charged per item. */
  takeForCall(method: string, call: Omit<RateLimitCall, 'count'>): Promise<void>;
  /** Takes one token for each item of a batch request. */
  takeForItems(method: string, call: RateLimitCall): Promise<void>;
}

/**
 * Builds the per-peer limits with SPIRE's sizes. A peer is an IPv4 address or a /64 network of IPv6, where whoever has
 * one address has them all.
 *
 * @returns limits whose methods throw `ERR_RATE_*` with the text of the limited method.
 * @spec spire-server-api §3 rate limits
 */
export function createRateLimits(switches: RateLimitSwitches, clock: Clock, sleep: Sleep): RateLimits {
  const limiters = new Map<RateLimitName, RateLimiter>();
  for (const [name, limit] of Object.entries(tokensPerSecond) as [RateLimitName, number][]) {
    if (isOn(name, switches)) limiters.set(name, new PerPeerRateLimiter(limit, clock, sleep));
  }
  const take = async (method: string, call: RateLimitCall): Promise<void> => {
    const name = ruleFor(method)?.limit ?? 'none';
    const limiter = name === 'none' ? undefined : limiters.get(name);
    if (limiter === undefined) return;
    const peer = addressKey(call.peer);
    await limiter.take({ ...call, peer }).catch((cause: unknown) => {
      throw withPrefix(refusalPrefix.get(method) ?? 'rejecting request due to rate limiting', cause);
    });
  };
  return {
    takeForCall: async (method, call) => {
      if (!chargedPerItem.has(method)) await take(method, { ...call, count: 1 });
    },
    takeForItems: take,
  };
}

function isOn(name: RateLimitName, switches: RateLimitSwitches): boolean {
  if (name === 'attest') return switches.attestation;
  return name === 'csr' || name === 'jwt' || name === 'wit' ? switches.signing : true;
}
