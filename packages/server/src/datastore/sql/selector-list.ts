/** Selectors as stored: `[type, value]` pairs, in the order given. */
export type SelectorList = readonly (readonly [type: string, value: string])[];

/** The stored text back as pairs. */
export function parseSelectorList(json: string): SelectorList {
  return JSON.parse(json) as SelectorList;
}

/** The set in one unambiguous text each, sorted. */
export function selectorKeys(selectors: SelectorList): readonly string[] {
  return [...new Set(selectors.map(([type, value]) => `${type}:${value}`))].sort();
}
