import { randomBytes, randomInt } from 'node:crypto';
import type { UnixSeconds } from '@signet/core';
import type { StatusListFiles } from './status-list-files.ts';

/** Tokens that one list has room for: 16 KiB before compression. */
export const STATUS_LIST_SIZE: number = 2 ** 17;

/** Where a token's status stands. @spec draft-ietf-oauth-status-list-21 §6.2 */
export interface StatusReference {
  readonly index: number;
  readonly uri: string;
  /** Goes into the `jti`, so that whoever has that knows where the status stands. */
  readonly suffix: string;
}

/** The JWT authority whose tokens are listed. */
export interface ListedAuthority {
  readonly authorityId: string;
  readonly expiresAt: UnixSeconds;
}

interface OpenList {
  readonly id: string;
  readonly authorityId: string;
  /** Odd, so that each count gives another index: tokens next to each other do not stand next to each other. */
  readonly step: number;
  readonly start: number;
  used: number;
}

const ID_BYTES = 9;
const SUFFIX = /^\.(?<list>[A-Za-z0-9_-]{12})\.(?<index>[0-9a-z]{1,4})$/;
const SUFFIX_AT = -(2 + 12 + 4);

/** Gives each JWT-SVID its place in a status list. No place is given twice: a list is of one authority and one start. */
export class StatusLists {
  readonly #baseUri: string;
  readonly #files: Pick<StatusListFiles, 'save'>;
  readonly #opened: () => Promise<void>;
  #open: OpenList | undefined;
  #opening: Promise<OpenList> | undefined;

  /**
   * @param baseUri - where verifiers find the lists, without the slash before their IDs.
   * @param opened - hears of a new list, before the first token of it is made.
   */
  constructor(baseUri: string, files: Pick<StatusListFiles, 'save'>, opened: () => Promise<void>) {
    this.#baseUri = baseUri;
    this.#files = files;
    this.#opened = opened;
  }

  uriOf(listId: string): string {
    return `${this.#baseUri}/${listId}`;
  }

  /** The next place; at once, save for the first one of a list, which has to be on file before. */
  next(authority: ListedAuthority): StatusReference | Promise<StatusReference> {
    const open = this.#open;
    if (open !== undefined && hasRoom(open, authority)) return this.#take(open);
    return this.#nextOfAnother(authority);
  }

  async #nextOfAnother(authority: ListedAuthority): Promise<StatusReference> {
    for (;;) {
      this.#opening ??= this.#begin(authority).finally(() => (this.#opening = undefined));
      const open = await this.#opening;
      if (hasRoom(open, authority)) return this.#take(open);
    }
  }

  async #begin({ authorityId, expiresAt }: ListedAuthority): Promise<OpenList> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    await this.#files.save({ id, expiresAt, revoked: [] });
    await this.#opened();
    const [step, start] = [2 * randomInt(STATUS_LIST_SIZE / 2) + 1, randomInt(STATUS_LIST_SIZE)];
    this.#open = { id, authorityId, step, start, used: 0 };
    return this.#open;
  }

  #take(open: OpenList): StatusReference {
    const index = (open.start + open.used++ * open.step) % STATUS_LIST_SIZE;
    return { index, uri: this.uriOf(open.id), suffix: `.${open.id}.${index.toString(36)}` };
  }
}

/** Where the status of a token stands, from its `jti`; undefined when it has none. */
export function statusPlaceOf(jti: string): { readonly listId: string; readonly index: number } | undefined {
  const dot = jti.indexOf('.', Math.max(0, jti.length + SUFFIX_AT));
  const { list, index } = (dot === -1 ? undefined : SUFFIX.exec(jti.slice(dot))?.groups) ?? {};
  if (list === undefined || index === undefined) return undefined;
  const at = Number.parseInt(index, 36);
  return at < STATUS_LIST_SIZE ? { listId: list, index: at } : undefined;
}

function hasRoom(open: OpenList, { authorityId }: ListedAuthority): boolean {
  return open.authorityId === authorityId && open.used < STATUS_LIST_SIZE;
}
