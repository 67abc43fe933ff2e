import { TemplateError } from './template-error.ts';

/** What a template computes with; undefined is Go's nil. */
export type Value = string | number | boolean | undefined | readonly Value[] | ReadonlyMap<string, Value>;

/** Longest string and list that may arise on the way. */
const MAX_STRING_LENGTH = 65_536;
const MAX_LIST_LENGTH = 1024;

/** @throws {TemplateError} for anything else than a string. */
export function stringOf(value: Value): string {
  if (typeof value !== 'string') throw new TemplateError(`expected a string, got ${kindOf(value)}`);
  return value;
}

/** @throws {TemplateError} for anything else than a whole number. */
export function integerOf(value: Value): number {
  if (typeof value !== 'number') throw new TemplateError(`expected a number, got ${kindOf(value)}`);
  return value;
}

/** @throws {TemplateError} for anything else than a list. */
export function listOf(value: Value): readonly Value[] {
  if (!isList(value)) throw new TemplateError(`expected a list, got ${kindOf(value)}`);
  return value;
}

/** @throws {TemplateError} for anything else than a map. */
export function mapOf(value: Value): ReadonlyMap<string, Value> {
  if (!(value instanceof Map)) throw new TemplateError(`expected a map, got ${kindOf(value)}`);
  return value;
}

/** The text of a string, number or boolean; lists, maps and nil have no place in a path. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${kindOf(value)} has no text`);
}

/** Whether the value counts as false: false, 0, "", nil and what is empty. */
export function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return !value;
}

/** What to call the value in a message. */
export function kindOf(value: Value): string {
  if (value === undefined) return 'nil';
  if (isList(value)) return 'a list';
  return value instanceof Map ? 'a map' : `a ${typeof value}`;
}

/** The value, when it is not larger than anything on the way to a path needs to be. */
export function bounded(value: Value): Value {
  const tooLarge =
    typeof value === 'string'
      ? value.length > MAX_STRING_LENGTH
      : isList(value) && value.length > MAX_LIST_LENGTH;
  if (tooLarge) throw new TemplateError('a value grows too large');
  return value;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
