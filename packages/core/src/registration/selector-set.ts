import type { Selector } from './selector.ts';

/** A set of selectors to ask many times: build it once per workload or node, then match many entries. */
export class SelectorSet {
  readonly size: number;
  readonly #valuesByType: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(selectors: Iterable<Selector>) {
    const valuesByType = new Map<string, Set<string>>();
    let size = 0;
    for (const { type, value } of selectors) {
      const values = valuesByType.get(type) ?? new Set();
      if (!values.has(value)) size++;
      valuesByType.set(type, values.add(value));
    }
    this.#valuesByType = valuesByType;
    this.size = size;
  }

  has(selector: Selector): boolean {
    return this.#valuesByType.get(selector.type)?.has(selector.value) ?? false;
  }

  /** Whether every one of them is in the set; true for none. */
  hasAll(selectors: readonly Selector[]): boolean {
    return selectors.every((selector) => this.has(selector));
  }

  /** Whether at least one of them is in the set. */
  hasAny(selectors: readonly Selector[]): boolean {
    return selectors.some((selector) => this.has(selector));
  }
}

/** Whether every selector of `inner` is in `outer`. */
export function isSubset(inner: readonly Selector[], outer: readonly Selector[]): boolean {
  return new SelectorSet(outer).hasAll(inner);
}

/** Whether both hold the same selectors, whatever order or repetition. */
export function selectorsEqualAsSets(a: readonly Selector[], b: readonly Selector[]): boolean {
  return isSubset(a, b) && isSubset(b, a);
}
