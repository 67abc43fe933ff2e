import { parseTrustDomain, type Clock } from '@signet/core';
import type { Logger } from '@signet/daemon';
import type { AuthoritySettings } from '../authority-settings.ts';
import { createCertificateAuthority, type CertificateAuthority } from '../certificate-authority.ts';
import type { IssuanceOrigin } from '../issuance-origin.ts';
import type { IssuedHook } from '../issued-credential.ts';
import { FakeTime } from './fake-time.ts';
import { MemoryKeys } from './memory-keys.ts';
import { MemoryBundles, MemoryJournals } from './memory-stores.ts';

export const TEST_NOW = 1_800_000_000;
export const testTrustDomain = parseTrustDomain('example.org');
/** What tests order credentials by when it does not matter. */
export const testOrigin: IssuanceOrigin = { by: 'mint', actor: 'local:uid:0' };

/** What outlives a restart of the authority. */
export interface TestWorld {
  readonly time: FakeTime;
  readonly keyManager: MemoryKeys;
  readonly bundles: MemoryBundles;
  readonly journals: MemoryJournals;
  readonly log: string[];
}

export function testWorld(options: { readonly remoteKeys?: boolean } = {}): TestWorld {
  return {
    time: new FakeTime(TEST_NOW),
    keyManager: new MemoryKeys({ remote: options.remoteKeys ?? false }),
    bundles: new MemoryBundles(),
    journals: new MemoryJournals(),
    log: [],
  };
}

/** An authority in that world; P-256, a day, no workers unless told otherwise. */
export function testAuthority(
  world: TestWorld,
  change: Partial<AuthoritySettings> = {},
  issued?: IssuedHook,
): CertificateAuthority {
  const settings: AuthoritySettings = {
    trustDomain: testTrustDomain,
    serverId: 'server-1',
    caKeyType: 'ec-p256',
    jwtKeyType: 'ec-p256',
    caTtl: 86_400,
    signWorkers: 0,
    ...change,
  };
  const { time, keyManager, bundles, journals, log } = world;
  const deps = { keyManager, bundles, journals, clock: time as Clock, logger: lineLogger(log), after: time.after };
  return createCertificateAuthority(settings, issued ? { ...deps, issued } : deps);
}

export function lineLogger(lines: string[]): Pick<Logger, 'info' | 'warn' | 'error' | 'debug'> {
  const write = (message: string, fields: object = {}): void => {
    lines.push([message, ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)].join(' '));
  };
  return { info: write, warn: write, error: write, debug: write };
}
