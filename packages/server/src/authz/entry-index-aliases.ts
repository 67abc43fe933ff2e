import { formatSelector, SelectorSet, type RegistrationEntry, type Selector } from '@signet/core';
import { Groups } from './entry-index-groups.ts';

/**
 * Node aliases, found by a node's selectors.
 *
 * An alias is filed under one selector only, the one that the fewest others are filed under: a node that has all of
 * its selectors has that one too, and a selector that every alias shares gathers no crowd.
 */
export class AliasIndex {
  readonly #aliases = new Groups<RegistrationEntry>();
  readonly #filedUnder = new Map<RegistrationEntry, string>();

  add(alias: RegistrationEntry): void {
    const key = this.#rarest(alias.selectors);
    // Without selectors it would match every node: such an entry is not valid, and no alias.
    if (key === undefined) return;
    this.#aliases.add(key, alias);
    this.#filedUnder.set(alias, key);
  }

  delete(alias: RegistrationEntry): void {
    const key = this.#filedUnder.get(alias);
    if (key === undefined) return;
    this.#aliases.delete(key, alias);
    this.#filedUnder.delete(alias);
  }

  /** The aliases whose selectors the node has all. */
  matching(nodeSelectors: readonly Selector[]): readonly RegistrationEntry[] {
    const node = new SelectorSet(nodeSelectors);
    const keys = new Set(nodeSelectors.map(formatSelector));
    return [...keys].flatMap((key) =>
      [...this.#aliases.get(key)].filter((alias) => node.hasAll(alias.selectors)),
    );
  }

  #rarest(selectors: readonly Selector[]): string | undefined {
    const keys = selectors.map(formatSelector);
    const sizes = keys.map((key) => this.#aliases.size(key));
    return keys[sizes.indexOf(Math.min(...sizes))];
  }
}
