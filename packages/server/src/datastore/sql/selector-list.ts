/** Selectors as stored: `[type, value]` pairs, in the order given. */
export type SelectorList = readonly (readonly [type: string, value: string])[];

interface Parsed {
  readonly json: string;
  readonly list: SelectorList;
  keys?: readonly string[];
}

// Creating an entry asks for the same selectors four times in a row.
let last: Parsed = { json: '[]', list: [] };

function parsed(json: string): Parsed {
  if (last.json !== json) last = { json, list: JSON.parse(json) as SelectorList };
  return last;
}

/** The stored text back as pairs. */
export function parseSelectorList(json: string): SelectorList {
  return parsed(json).list;
}

/** One unambiguous text per selector of the stored text, sorted; repetitions stay. */
export function selectorKeys(json: string): readonly string[] {
  const of = parsed(json);
  of.keys ??= of.list.map(([type, value]) => `${type}:${value}`).sort();
  return of.keys;
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
