/** Selectors as stored: `[type, value]` pairs, in the order given. */
export type SelectorList = readonly (readonly [type: string, value: string])[];

/** The stored text back as pairs. */
export function parseSelectorList(json: string): SelectorList {
  return JSON.parse(json) as SelectorList;
}

/** One unambiguous text per selector, sorted; repetitions stay. */
export function selectorKeys(selectors: SelectorList): readonly string[] {
  return selectors.map(([type, value]) => `${type}:${value}`).sort();
}

/** Whether a selector is named twice. @param keys - sorted. */
export function hasRepetition(keys: readonly string[]): boolean {
  return keys.some((key, i) => i > 0 && key === keys[i - 1]);
}

/** 32 bits that are equal for equal sets (FNV-1a). @param keys - sorted. */
export function hashSelectorKeys(keys: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0xff, 0x01000193);
  }
  return hash >>> 0;
}
