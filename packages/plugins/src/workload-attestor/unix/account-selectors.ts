import type { Selector } from '@signet/core';

/** What the kernel says of a process's accounts. */
export interface ProcessAccounts {
  readonly uid: number;
  readonly gid: number;
  readonly supplementaryGids: readonly number[];
}

/** Names by ID. */
export type Names = ReadonlyMap<number, string>;

// Far more than a machine has kinds of processes; each is a few hundred bytes.
const MAX_KEPT = 1_024;

/**
 * The selectors that follow from user and groups alone. Those of processes with the same accounts are the same object as
 * long as the names are, so that whatever is found by them can be found by identity.
 */
export class AccountSelectors {
  readonly #type: string;
  readonly #kept = new Map<string, readonly Selector[]>();
  #users: Names = new Map();
  #groups: Names = new Map();

  constructor(type: string) {
    this.#type = type;
  }

  /** @param users - and `groups`: another object whenever something in them has changed. */
  of(accounts: ProcessAccounts, users: Names, groups: Names): readonly Selector[] {
    if (users !== this.#users || groups !== this.#groups) this.#begin(users, groups);
    const key = `${accounts.uid}:${accounts.gid}:${accounts.supplementaryGids.join()}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const selectors = valuesOf(accounts, users, groups).map((value) => ({ type: this.#type, value }));
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(key, selectors);
    return selectors;
  }

  #begin(users: Names, groups: Names): void {
    this.#users = users;
    this.#groups = groups;
    this.#kept.clear();
  }
}

/** @spec SPIRE, unix workload attestor: order of the selectors */
function valuesOf({ uid, gid, supplementaryGids }: ProcessAccounts, users: Names, groups: Names): string[] {
  return [
    `uid:${uid}`,
    ...named('user', users.get(uid)),
    `gid:${gid}`,
    ...named('group', groups.get(gid)),
    ...supplementaryGids.flatMap((id) => [
      `supplementary_gid:${id}`,
      ...named('supplementary_group', groups.get(id)),
    ]),
  ];
}

function named(kind: string, name: string | undefined): readonly string[] {
  return name === undefined ? [] : [`${kind}:${name}`];
}
