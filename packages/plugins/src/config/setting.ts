import type { ConfigValue } from '../kinds/plugin.ts';

/** How one key of a `plugin_data` block is read. */
export interface Setting<T> {
  /**
   * The value, or the default when the key is absent.
   *
   * @throws {SettingError} when the value is of the wrong type or out of range.
   */
  parse(value: ConfigValue | undefined): T;
}

/** Says what a value should have been; never echoes it. */
export class SettingError extends Error {}

function setting<T>(
  expected: string,
  read: (value: ConfigValue) => T | undefined,
  absent: () => T,
): Setting<T> {
  return {
    parse: (value) => {
      if (value === undefined) return absent();
      const parsed = read(value);
      if (parsed === undefined) throw new SettingError(`must be ${expected}`);
      return parsed;
    },
  };
}

const asString = (value: ConfigValue): string | undefined => (typeof value === 'string' ? value : undefined);

/** A string that is given and not empty. */
export function requiredString(): Setting<string> {
  return {
    parse: (value) => {
      if (value === undefined || value === '') throw new SettingError('is required');
      if (typeof value !== 'string') throw new SettingError('must be a string');
      return value;
    },
  };
}

/** A string; undefined when absent. */
export function optionalString(): Setting<string | undefined> {
  return setting<string | undefined>('a string', asString, () => undefined);
}

/** One of the words; the empty string counts as absent. */
export function oneOf<Word extends string>(words: readonly Word[], fallback: Word): Setting<Word> {
  const find = (value: ConfigValue): Word | undefined =>
    value === '' ? fallback : words.find((word) => word === value);
  return setting(words.join(' or '), find, () => fallback);
}

/** A list of strings; empty when absent. */
export function stringList(): Setting<readonly string[]> {
  const read = (value: ConfigValue): readonly string[] | undefined =>
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  return setting<readonly string[]>('a list of strings', read, () => []);
}

/** A bare `true` or `false`. */
export function flag(fallback: boolean): Setting<boolean> {
  const read = (value: ConfigValue): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
  return setting('true or false', read, () => fallback);
}

/** A whole number within the bounds, as a number or in quotes; a leading zero means octal. */
export function wholeNumber(fallback: number, { min, max }: { min: number; max: number }): Setting<number> {
  const read = (value: ConfigValue): number | undefined => {
    const number = typeof value === 'string' ? numberIn(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= min && number <= max
      ? number
      : undefined;
  };
  return setting(`a whole number from ${min} to ${max}`, read, () => fallback);
}

function numberIn(text: string): number | undefined {
  if (/^-?0[0-7]+$/.test(text)) return parseInt(text, 8);
  if (/^-?(0|[1-9][0-9]{0,15})$/.test(text)) return Number(text);
  return undefined;
}
