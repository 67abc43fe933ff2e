import type { HclItem, HclObject, HclValue } from './hcl-value.ts';

/** A value without positions, as plugins are given it. Records have no prototype. */
export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/**
 * The number a literal spells: octal after a leading 0, hexadecimal after 0x.
 *
 * @returns undefined when the text is not a number.
 */
export function numberOf(text: string): number | undefined {
  if (/^[+-]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  const magnitude = text.replace(/^[+-]/, '');
  if (!/^(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/.test(magnitude))
    return undefined;
  const value = Number(magnitude);
  return text.startsWith('-') ? -value : value;
}

function nested(item: HclItem): ConfigValue {
  return item.labels.reduceRight<ConfigValue>(
    (inner, label) => record([[label, inner]]),
    plainValue(item.value),
  );
}

function record(entries: readonly (readonly [string, ConfigValue])[]): {
  readonly [key: string]: ConfigValue;
} {
  const result = Object.create(null) as Record<string, ConfigValue>;
  for (const [key, value] of entries) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = before === undefined ? value : merged(before, value);
  }
  return result;
}

/** Repeated blocks become a list; repeated lists are joined; of repeated scalars the last counts. */
function merged(before: ConfigValue, value: ConfigValue): ConfigValue {
  if (Array.isArray(before))
    return [
      ...(before as readonly ConfigValue[]),
      ...(Array.isArray(value) ? (value as readonly ConfigValue[]) : [value]),
    ];
  return typeof before === 'object' && before !== null ? [before, value] : value;
}

/** The value without positions. */
export function plainValue(value: HclValue): ConfigValue {
  switch (value.kind) {
    case 'string':
    case 'bool':
      return value.value;
    case 'number':
      return numberOf(value.text) ?? value.text;
    case 'null':
      return null;
    case 'list':
      return value.items.map(plainValue);
    case 'object':
      return plainRecord(value);
  }
}

/** The items of a block as a record without a prototype. */
export function plainRecord(value: HclObject): { readonly [key: string]: ConfigValue } {
  return record(value.items.map((item) => [item.key, nested(item)] as const));
}
