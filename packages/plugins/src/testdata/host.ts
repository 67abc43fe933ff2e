import { parseTrustDomain, type Clock } from '@signet/core';
import type { AgentPluginHost, JoinTokenStore, ServerPluginHost } from '../kinds/node-attestor.ts';
import type { LogFields, PluginLogger } from '../kinds/plugin.ts';

/** 2026-01-01T00:00:00Z. */
export const NOW = 1_767_225_600;

/** A log that keeps its lines. */
export class TestLogger implements PluginLogger {
  readonly lines: { readonly message: string; readonly fields?: LogFields | undefined }[] = [];

  debug(message: string, fields?: LogFields): void {
    this.lines.push({ message, fields });
  }

  info(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.debug(message, fields);
  }
}

/** Join tokens in memory; consuming takes effect before anyone else gets to run. */
export class TestJoinTokens implements JoinTokenStore {
  readonly tokens: Map<string, number> = new Map();

  async consume(token: string): Promise<{ expiresAt: number } | undefined> {
    const expiresAt = this.tokens.get(token);
    this.tokens.delete(token);
    await Promise.resolve();
    return expiresAt === undefined ? undefined : { expiresAt };
  }
}

/** A host for either side whose clock stands still. */
export function testHost(
  overrides: Partial<ServerPluginHost & AgentPluginHost> = {},
): ServerPluginHost & AgentPluginHost {
  const clock: Clock = { nowMs: () => NOW * 1000 };
  return {
    clock,
    logger: new TestLogger(),
    trustDomain: parseTrustDomain('example.org'),
    dataDir: '/nowhere',
    joinTokens: new TestJoinTokens(),
    ownX509Bundle: () => Promise.reject(new Error('not in this test')),
    fetchX509Svid: () => Promise.reject(new Error('no other agent in this test')),
    ...overrides,
  };
}
