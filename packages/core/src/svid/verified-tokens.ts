import { hash, type KeyObject } from 'node:crypto';
import type { JwtSvid } from './jwt-svid.ts';

/** What a token says, and the key that its signature was verified with. */
interface Verified {
  readonly svid: JwtSvid;
  readonly key: KeyObject;
}

/** Longer tokens are rare, and not worth their place. */
const MAX_CHARACTERS = 4_096;

/**
 * Tokens whose signature was found to be good. A service sees the same token with each request of a client, and the
 * signature is most of the work: a token that is known is only held against the time, the audience and the bundle.
 *
 * Tokens are known by their digest and are not in here themselves. The one that was not seen for longest makes room.
 */
export class VerifiedTokens {
  readonly #capacity: number;
  readonly #known = new Map<string, Verified>();

  /** @param capacity - most tokens that are remembered; each takes a few kilobytes. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#known.size;
  }

  /** What the token says, when its signature was verified before with a key that still has to be the right one. */
  find(token: string): Verified | undefined {
    if (token.length > MAX_CHARACTERS) return undefined;
    const digest = digestOf(token);
    const known = this.#known.get(digest);
    if (known === undefined) return undefined;
    this.#known.delete(digest);
    this.#known.set(digest, known);
    return { svid: { ...known.svid, token }, key: known.key };
  }

  /** Remembers a token whose signature this key has verified. */
  keep(svid: JwtSvid, key: KeyObject): void {
    if (svid.token.length > MAX_CHARACTERS) return;
    const digest = digestOf(svid.token);
    this.#known.delete(digest);
    this.#known.set(digest, { svid: { ...svid, token: '' }, key });
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#capacity && oldest !== undefined) this.#known.delete(oldest);
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
