import { type Clock, nowSeconds, type Seconds, type UnixSeconds } from '@signet/core';
import type { JwtSigningAuthority } from '../ca/authority.ts';
import type { RevocationStore } from '../datastore/revocation-store.ts';
import type { StatusListFiles } from './status-list-files.ts';
import { signStatusList } from './status-list-token.ts';
import type { StatusListRecord } from './status-list-record.ts';
import { statusPlaceOf, type StatusLists } from './status-lists.ts';

/** How long a status list token may be gone by; made anew when half of that is over, and when something is revoked. */
export const STATUS_LIST_LIFETIME: Seconds = 600;
/** How often verifiers should ask again: as long as what they hold is old by then, they accept what is revoked. */
const STATUS_LIST_TTL: Seconds = 60;
/** Verifiers accept tokens for a little longer than they last. */
const SLACK: Seconds = 300;

/** A status list token that was made. */
export interface MadeStatusList {
  readonly id: string;
  readonly token: string;
  readonly madeAt: UnixSeconds;
  /** Absent when another one was made in the same second: then the time tells them not apart. */
  readonly lastModified?: UnixSeconds;
  readonly expiresAt: UnixSeconds;
  readonly record: StatusListRecord;
}

/** What making status lists needs. */
export interface StatusListMakerDeps {
  readonly store: Pick<RevocationStore, 'revokedTokenIds'>;
  readonly lists: Pick<StatusLists, 'uriOf'>;
  readonly files: Pick<StatusListFiles, 'load' | 'save' | 'remove'>;
  /** Undefined while there is none. */
  readonly authority: () => JwtSigningAuthority | undefined;
  readonly clock: Clock;
}

/** Makes and keeps the token of each status list whose JWT-SVIDs may still be valid. */
export class StatusListMaker {
  readonly #deps: StatusListMakerDeps;
  readonly #made = new Map<string, MadeStatusList>();

  constructor(deps: StatusListMakerDeps) {
    this.#deps = deps;
  }

  all(): readonly MadeStatusList[] {
    return [...this.#made.values()];
  }

  get(id: string): MadeStatusList | undefined {
    return this.#made.get(id);
  }

  /** Makes what is due. @returns whether any was made. */
  async make(): Promise<boolean> {
    const { store, files, authority, clock } = this.#deps;
    const signer = authority();
    if (signer === undefined) return false;
    const at = nowSeconds(clock);
    const revoked = await groupByList(store.revokedTokenIds(at));
    let isAnyMade = false;
    for (const record of files.load()) {
      if (record.expiresAt + SLACK <= at) this.#forget(record.id);
      else
        isAnyMade =
          (await this.#makeOne(withRevoked(record, revoked.get(record.id)), signer, at)) || isAnyMade;
    }
    return isAnyMade;
  }

  #forget(id: string): void {
    this.#made.delete(id);
    this.#deps.files.remove(id);
  }

  async #makeOne(record: StatusListRecord, signer: JwtSigningAuthority, at: UnixSeconds): Promise<boolean> {
    const before = this.#made.get(record.id);
    const isSame = before !== undefined && isEqual(before.record.revoked, record.revoked);
    const isFresh =
      before !== undefined && at >= before.madeAt && at < before.madeAt + STATUS_LIST_LIFETIME / 2;
    if (isSame && isFresh) return false;
    if (!isSame) await this.#deps.files.save(record);
    const expiresAt = at + STATUS_LIST_LIFETIME;
    const claims = { revoked: record.revoked, issuedAt: at, expiresAt, ttl: STATUS_LIST_TTL };
    const token = await signStatusList({ uri: this.#deps.lists.uriOf(record.id), ...claims }, signer);
    const modified = before?.madeAt === at ? {} : { lastModified: at };
    this.#made.set(record.id, { id: record.id, token, madeAt: at, ...modified, expiresAt, record });
    return true;
  }
}

async function groupByList(tokenIds: AsyncIterable<readonly string[]>): Promise<Map<string, number[]>> {
  const lists = new Map<string, number[]>();
  for await (const portion of tokenIds) {
    for (const jti of portion) {
      const place = statusPlaceOf(jti);
      if (place === undefined) continue;
      const list = lists.get(place.listId);
      if (list === undefined) lists.set(place.listId, [place.index]);
      else list.push(place.index);
    }
  }
  return lists;
}

/** What was revoked stays so: the database may have been restored from a backup that does not know of it. */
function withRevoked(record: StatusListRecord, indices: readonly number[] = []): StatusListRecord {
  const revoked = new Set([...record.revoked, ...indices]);
  return { ...record, revoked: [...revoked].sort((a, b) => a - b) };
}

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((index, at) => index === other[at]);
}
