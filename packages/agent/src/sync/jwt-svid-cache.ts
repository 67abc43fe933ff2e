import { type Clock, nowSeconds, type RegistrationEntry, type UnixSeconds } from '@signet/core';
import { audienceKey } from './audience-key.ts';
import { LruMap } from './lru-map.ts';
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
  /** a number in [0, 1). */
  readonly draw: () => number;
}

interface Cached extends JwtSvidRecord {
  readonly entry: RegistrationEntry;
  readonly renewAt: UnixSeconds;
}

/**
 * JWT-SVIDs by entry and exact set of audiences, fetched when they are first asked for and again from half of their
 * life on. While the server gives none, one that is still valid is handed out.
 */
export class JwtSvidCache {
  readonly #deps: JwtSvidCacheDeps;
  readonly #cached: LruMap<string, Cached>;
  readonly #underWay = new Map<string, Promise<JwtSvidRecord>>();

  constructor(deps: JwtSvidCacheDeps) {
    this.#deps = deps;
    this.#cached = new LruMap(deps.capacity);
  }

  get size(): number {
    return this.#cached.size;
  }

  /** @throws {ServerCallError} when there is none that is valid and the server gives none. */
  async get(entry: RegistrationEntry, audience: readonly string[]): Promise<JwtSvidRecord> {
    // Each of these is to be unique: handing one out twice would defeat what the entry asks for.
    if (entry.jwtSvidIncludeJti) return this.#deps.fetch(entry, audience);
    const key = `${entry.id} ${audienceKey(audience)}`;
    const cached = this.#valid(key, entry);
    if (cached !== undefined && cached.renewAt > nowSeconds(this.#deps.clock)) return cached;
    try {
      return await this.#renew(key, entry, audience);
    } catch (error) {
      const fallback = this.#valid(key, entry);
      if (fallback === undefined) throw error;
      return fallback;
    }
  }

  /** Drops tokens of entries that are gone or were changed. */
  retain(entries: ReadonlyMap<string, RegistrationEntry>): void {
    this.#dropWhere((cached) => entries.get(cached.entry.id) !== cached.entry);
  }

  /** Drops tokens signed with these keys. @returns how many were dropped. */
  dropKeyIds(keyIds: ReadonlySet<string>): number {
    return this.#dropWhere((cached) => keyIds.has(cached.keyId));
  }

  clear(): void {
    this.#cached.clear();
  }

  #valid(key: string, entry: RegistrationEntry): Cached | undefined {
    const cached = this.#cached.get(key);
    const usable = cached?.entry === entry && cached.expiresAt > nowSeconds(this.#deps.clock);
    return usable ? cached : undefined;
  }

  #renew(key: string, entry: RegistrationEntry, audience: readonly string[]): Promise<JwtSvidRecord> {
    const shared = `${key} ${entry.revisionNumber} ${entry.createdAt}`;
    const underWay = this.#underWay.get(shared);
    if (underWay !== undefined) return underWay;
    const renewal = this.#fetchAndKeep(key, entry, audience).finally(() => this.#underWay.delete(shared));
    this.#underWay.set(shared, renewal);
    return renewal;
  }

  async #fetchAndKeep(
    key: string,
    entry: RegistrationEntry,
    audience: readonly string[],
  ): Promise<JwtSvidRecord> {
    const record = await this.#deps.fetch(entry, audience);
    const life = { notBefore: record.issuedAt, notAfter: record.expiresAt };
    this.#cached.set(key, { ...record, entry, renewAt: rotationDueAt(life, this.#deps.draw()) });
    return record;
  }

  #dropWhere(isUnwanted: (cached: Cached) => boolean): number {
    const keys = [...this.#cached.entries()].filter(([, cached]) => isUnwanted(cached)).map(([key]) => key);
    for (const key of keys) this.#cached.delete(key);
    return keys.length;
  }
}
