import { parseTrustDomain } from '@signet/core';
import type { AgentPluginHost } from '@signet/plugins/agent';
import type { ServerPluginHost } from '@signet/plugins/server';

function ignore(): void {
  // A test that cares for the log brings its own.
}

/** A host for either side, with a clock at zero, no log, no tokens and no authorities. */
export function pluginHost(
  overrides: Partial<ServerPluginHost & AgentPluginHost> = {},
): ServerPluginHost & AgentPluginHost {
  return {
    clock: { nowMs: () => 0 },
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    trustDomain: parseTrustDomain('example.org'),
    dataDir: '/nowhere',
    joinTokens: { consume: () => Promise.resolve(undefined) },
    ownX509Bundle: () => Promise.reject(new Error('this host has no authorities')),
    fetchX509Svid: () => Promise.reject(new Error('this host has no other agent')),
    ...overrides,
  };
}
