import { type Seconds, type UnixSeconds } from '@signet/core';
import { flagError, formatGoDuration } from '@signet/daemon';

const MAX_TTL: Seconds = 2 ** 31 - 1;

/** What was asked for, and when; to tell whether it was granted. */
export interface MintTtl {
  /** whole seconds; 0 leaves it to the server. */
  readonly ttl: Seconds;
  readonly askedAt: UnixSeconds;
}

/** Reads `-ttl`. Parts of a second are rounded up. @throws {ConfigError} `ERR_CONFIG_FLAG` when it is too long. */
export function mintTtl(ttl: Seconds, now: UnixSeconds): MintTtl {
  if (ttl > MAX_TTL) {
    throw flagError(
      `invalid value for TTL: overflow converting time.Duration(${formatGoDuration(ttl)}) to int32`,
    );
  }
  return { ttl: Math.ceil(ttl), askedAt: now };
}

/** A warning when what was minted ends sooner than asked; else nothing. */
export function capWarning(what: string, { ttl, askedAt }: MintTtl, expiresAt: UnixSeconds | string): string {
  if (Number(expiresAt) >= askedAt + ttl) return '';
  const end = new Date(Number(expiresAt) * 1000).toISOString().replace('.000Z', 'Z');
  return `${what} lifetime was capped shorter than specified ttl; expires "${end}"\n`;
}
