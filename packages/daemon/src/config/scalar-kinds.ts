import { parseTrustDomain, SignetError, type Seconds, type TrustDomain } from '@signet/core';
import { formatGoDuration, parseGoDuration } from './go-duration.ts';
import type { HclValue } from './hcl-value.ts';
import { numberOf } from './plain-value.ts';
import type { Reading, ScalarKind } from './scalar-field.ts';

/** Accepted values of a text. */
export interface TextRules {
  /** the only values; matched in any case, read as spelt here. */
  readonly choices?: readonly string[];
  /** Why the value is refused (a sentence without the value), or undefined. */
  check?(value: string): string | undefined;
}

/** Accepted range, both ends included. */
export interface RangeRules {
  readonly min?: number;
  readonly max?: number;
}

/** The text of a string or, as SPIRE's decoder allows, of a bare number. */
export function textOf(value: HclValue): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'number' ? value.text : undefined;
}

function readChoice(text: string, choices: readonly string[]): Reading<string> {
  const choice = choices.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  return choice === undefined ? { refused: `must be one of ${choices.join(', ')}` } : { value: choice };
}

/** Applies the rules to a text that was read. */
export function readText(value: HclValue, rules: TextRules): Reading<string> {
  const text = textOf(value);
  if (text === undefined) return { refused: 'must be a string' };
  if (rules.choices !== undefined && text !== '') return readChoice(text, rules.choices);
  const refused = rules.check?.(text);
  return refused === undefined ? { value: text } : { refused };
}

/** A string. */
export function textKind(rules: TextRules): ScalarKind<string> {
  return {
    kind: rules.choices === undefined ? 'string' : rules.choices.join(' | '),
    absent: '',
    parse: (value) => readText(value, rules),
    format: (value) => JSON.stringify(value),
  };
}

function rangeText({ min, max }: RangeRules, show: (value: number) => string): string | undefined {
  if (min !== undefined && max !== undefined) return `must be between ${show(min)} and ${show(max)}`;
  if (min !== undefined) return `must be at least ${show(min)}`;
  return max === undefined ? undefined : `must be at most ${show(max)}`;
}

function inRange(value: number, rules: RangeRules, show: (value: number) => string): Reading<number> {
  const outside =
    (rules.min !== undefined && value < rules.min) || (rules.max !== undefined && value > rules.max);
  return outside ? { refused: rangeText(rules, show) ?? 'is out of range' } : { value };
}

/** A whole number: bare, octal with a leading 0, or in quotes. */
export function integerKind(rules: RangeRules): ScalarKind<number> {
  return {
    kind: 'int',
    absent: rules.min ?? 0,
    parse(value) {
      const number = numberOf(textOf(value) ?? '');
      if (number === undefined || !Number.isSafeInteger(number)) return { refused: 'must be a whole number' };
      return inRange(number, rules, String);
    },
    format: String,
  };
}

/** true or false, without quotes. */
export const booleanKind: ScalarKind<boolean> = {
  kind: 'bool',
  absent: false,
  parse: (value) =>
    value.kind === 'bool' ? { value: value.value } : { refused: 'must be true or false, without quotes' },
  format: String,
};

function readDuration(text: string): Reading<Seconds> {
  try {
    return { value: parseGoDuration(text) };
  } catch (error) {
    if (error instanceof SignetError) return { refused: 'must be a duration such as "1h30m"' };
    throw error;
  }
}

/** A Go duration in quotes; its value is in seconds. */
export function durationKind(rules: RangeRules): ScalarKind<Seconds> {
  return {
    kind: 'duration',
    absent: rules.min ?? 0,
    parse(value) {
      if (value.kind !== 'string') return { refused: 'must be a duration such as "1h30m"' };
      const reading = readDuration(value.value);
      return 'value' in reading ? inRange(reading.value, rules, formatGoDuration) : reading;
    },
    format: formatGoDuration,
  };
}

/** A trust domain, by its name or as a SPIFFE ID. */
export const trustDomainKind: ScalarKind<TrustDomain> = {
  kind: 'trust domain',
  absent: parseTrustDomain('absent.invalid'),
  parse(value) {
    const text = textOf(value);
    if (text === undefined) return { refused: 'must be a string' };
    try {
      return { value: parseTrustDomain(text) };
    } catch (error) {
      if (error instanceof SignetError) return { refused: `is not a trust domain: ${error.message}` };
      throw error;
    }
  },
  format: (trustDomain) => trustDomain.name,
};
