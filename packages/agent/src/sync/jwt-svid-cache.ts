import { type Clock, nowSeconds, type RegistrationEntry, type UnixSeconds } from '@signet/core';
import { FairGate, type FairGateLimits } from '../fair-gate.ts';
import { audienceKey } from './audience-key.ts';
import { FairLruMap } from './fair-lru-map.ts';
import { rotationDueAt } from './rotation-plan.ts';

/** A token as the server issued it for an entry. */
export interface JwtSvidRecord {
  readonly token: string;
  readonly keyId: string;
  readonly issuedAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

/** Asks the server for a token. @throws {ServerCallError} when it gives none. */
export type JwtSvidFetch = (entry: RegistrationEntry, audience: readonly string[]) => Promise<JwtSvidRecord>;

/** What the cache needs. */
export interface JwtSvidCacheDeps {
  readonly clock: Clock;
  readonly fetch: JwtSvidFetch;
  readonly capacity: number;
  /** how many tokens are asked for at once; default: sixteen. */
  readonly turns?: FairGateLimits;
  /** a number in [0, 1). */
  readonly draw: () => number;
  /** default: nothing is. */
  readonly isRevoked?: (token: string) => boolean;
}

interface Cached extends JwtSvidRecord {
  readonly entry: RegistrationEntry;
  readonly renewAt: UnixSeconds;
}

/** A token that is asked for. */
interface Wanted {
  readonly entry: RegistrationEntry;
  readonly audience: readonly string[];
  /** of the audience. */
  readonly key: string;
  /** of this token for this version of the entry. */
  readonly id: string;
}

/** One user has half of the places at most, and what it asks for beyond what may wait is refused. */
const TURNS: FairGateLimits = { atOnce: 16, atOncePerKey: 8, waiting: 4_096 };

const NO_KEYS: ReadonlySet<string> = new Set();

/**
 * JWT-SVIDs by entry and exact set of audiences, fetched when they are first asked for and again from half of their
 * life on. While the server gives none, one that is still valid is handed out.
 *
 * Users take turns with the server, and entries have shares of the cache: one of them that asks for ever new audiences
 * makes the others wait for one call of its own at most, and drives out its own tokens only.
 */
export class JwtSvidCache {
  readonly #deps: JwtSvidCacheDeps;
  readonly #cached: FairLruMap<Cached>;
  readonly #gate: FairGate<string>;
  readonly #waiting = new Map<string, Promise<JwtSvidRecord>>();
  readonly #underWay = new Map<string, Promise<JwtSvidRecord>>();
  #distrusted = NO_KEYS;

  constructor(deps: JwtSvidCacheDeps) {
    this.#deps = deps;
    this.#cached = new FairLruMap(deps.capacity);
    this.#gate = new FairGate(deps.turns ?? TURNS);
  }

  get size(): number {
    return this.#cached.size;
  }

  /**
   * @param user - on whose behalf: the share of the user; users take turns.
   * @throws {ServerCallError} when there is none that is valid and the server gives none; {RateLimitError}
   * `ERR_RATE_LIMITED` when too much of this user waits already.
   */
  async get(entry: RegistrationEntry, audience: readonly string[], user: string): Promise<JwtSvidRecord> {
    // Each of these is to be unique: handing one out twice would defeat what the entry asks for.
    if (entry.jwtSvidIncludeJti) return this.#gate.run(user, () => this.#deps.fetch(entry, audience));
    const wanted = wantedToken(entry, audience);
    const fresh = this.#fresh(wanted);
    if (fresh !== undefined) return fresh;
    try {
      return await this.#inTurn(wanted, user);
    } catch (error) {
      const fallback = this.#valid(wanted);
      if (fallback === undefined) throw error;
      return fallback;
    }
  }

  /** Drops tokens of entries that are gone or were changed. */
  retain(entries: ReadonlyMap<string, RegistrationEntry>): void {
    this.#cached.deleteWhere((cached) => entries.get(cached.entry.id) !== cached.entry);
  }

  /** Drops tokens signed with these keys, and keeps none from now on. @returns how many were dropped. */
  distrust(keyIds: ReadonlySet<string>): number {
    this.#distrusted = keyIds;
    return this.#cached.deleteWhere((cached) => keyIds.has(cached.keyId));
  }

  /** Drops tokens that were revoked. @returns how many were dropped. */
  withdrawRevoked(): number {
    return this.#cached.deleteWhere(({ token }) => this.#isRevoked(token));
  }

  clear(): void {
    this.#cached.clear();
  }

  #valid({ entry, key }: Wanted): Cached | undefined {
    const cached = this.#cached.get(entry.id, key);
    const usable = cached?.entry === entry && cached.expiresAt > nowSeconds(this.#deps.clock);
    return usable ? cached : undefined;
  }

  #fresh(wanted: Wanted): Cached | undefined {
    const cached = this.#valid(wanted);
    return cached !== undefined && cached.renewAt > nowSeconds(this.#deps.clock) ? cached : undefined;
  }

  /** Calls of one user that want the same wait together; another user's do not wait behind them. */
  #inTurn(wanted: Wanted, user: string): Promise<JwtSvidRecord> {
    return shared(this.#waiting, `${user} ${wanted.id}`, () =>
      this.#gate.run(user, () => Promise.resolve(this.#fresh(wanted) ?? this.#renew(wanted))),
    );
  }

  #isRevoked(token: string): boolean {
    return this.#deps.isRevoked?.(token) ?? false;
  }

  #renew(wanted: Wanted): Promise<JwtSvidRecord> {
    return shared(this.#underWay, wanted.id, () => this.#fetchAndKeep(wanted));
  }

  async #fetchAndKeep({ entry, audience, key }: Wanted): Promise<JwtSvidRecord> {
    const record = await this.#deps.fetch(entry, audience);
    const life = { notBefore: record.issuedAt, notAfter: record.expiresAt };
    // It, or its key, may have fallen into disgrace while it was on its way.
    if (!this.#distrusted.has(record.keyId) && !this.#isRevoked(record.token)) {
      this.#cached.set(entry.id, key, { ...record, entry, renewAt: rotationDueAt(life, this.#deps.draw()) });
    }
    return record;
  }
}

function wantedToken(entry: RegistrationEntry, audience: readonly string[]): Wanted {
  const key = audienceKey(audience);
  return { entry, audience, key, id: `${entry.id} ${entry.revisionNumber} ${entry.createdAt} ${key}` };
}

/** The work under this name that goes on already, else begins it. */
function shared<T>(running: Map<string, Promise<T>>, name: string, begin: () => Promise<T>): Promise<T> {
  const known = running.get(name);
  if (known !== undefined) return known;
  const work = begin().finally(() => running.delete(name));
  running.set(name, work);
  return work;
}
