import { SelectorError } from '../errors.ts';

/** One attribute of a node or workload, e.g. type `unix`, value `uid:1000`. */
export interface Selector {
  readonly type: string;
  readonly value: string;
}

/**
 * A selector from `type:value`; the value may hold further colons.
 *
 * @throws {SelectorError} `ERR_SELECTOR_SYNTAX`, and as {@link validateSelector}.
 */
export function parseSelector(text: string): Selector {
  const colon = text.indexOf(':');
  if (colon === -1) {
    throw new SelectorError('ERR_SELECTOR_SYNTAX', `selector "${text}" must be formatted as type:value`);
  }
  const selector = { type: text.slice(0, colon), value: text.slice(colon + 1) };
  validateSelector(selector);
  return selector;
}

/** `type:value`; unambiguous, because a type holds no colon. */
export function formatSelector(selector: Selector): string {
  return `${selector.type}:${selector.value}`;
}

/**
 * Checks one selector; texts as SPIRE's.
 *
 * @throws {SelectorError} `ERR_SELECTOR_TYPE_MISSING`, `ERR_SELECTOR_TYPE_COLON`, `ERR_SELECTOR_VALUE_MISSING`.
 */
export function validateSelector(selector: Selector): void {
  if (selector.type === '') throw new SelectorError('ERR_SELECTOR_TYPE_MISSING', 'missing selector type');
  if (selector.type.includes(':')) {
    throw new SelectorError('ERR_SELECTOR_TYPE_COLON', "selector type contains ':'");
  }
  if (selector.value === '') throw new SelectorError('ERR_SELECTOR_VALUE_MISSING', 'missing selector value');
}

/** Orders by type, then value, both by code unit. */
export function compareSelectors(a: Selector, b: Selector): number {
  return compareText(a.type, b.type) || compareText(a.value, b.value);
}

/** The same selectors as a set: sorted, each once. */
export function normalizeSelectors(selectors: readonly Selector[]): readonly Selector[] {
  const sorted = selectors.toSorted(compareSelectors);
  return sorted.filter((selector, i) => {
    const previous = sorted[i - 1];
    return previous === undefined || compareSelectors(previous, selector) !== 0;
  });
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
