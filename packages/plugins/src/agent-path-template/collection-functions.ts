import { fixed, variadic, type TemplateFunctions } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { integerOf, isEmpty, listOf, mapOf, stringOf, textOf, type Value } from './value.ts';

/** Lists and maps, of Go's templates and of Sprig. */
export const collectionFunctions: TemplateFunctions = new Map([
  ['len', fixed((value) => lengthOf(value))],
  ['index', variadic(1, (collection, ...keys) => keys.reduce(at, collection))],
  ['list', variadic(0, (...args) => args)],
  ['tuple', variadic(0, (...args) => args)],
  ['first', fixed((list) => listOf(list)[0])],
  ['last', fixed((list) => listOf(list).at(-1))],
  ['rest', fixed((list) => listOf(list).slice(1))],
  ['initial', fixed((list) => listOf(list).slice(0, -1))],
  ['append', fixed((list, value) => [...listOf(list), value])],
  ['push', fixed((list, value) => [...listOf(list), value])],
  ['prepend', fixed((list, value) => [value, ...listOf(list)])],
  ['concat', variadic(1, (...lists) => lists.flatMap((list) => [...listOf(list)]))],
  ['reverse', fixed((list) => listOf(list).toReversed())],
  ['uniq', fixed((list) => [...new Set(listOf(list))])],
  ['compact', fixed((list) => listOf(list).filter((item) => !isEmpty(item)))],
  ['without', variadic(1, (list, ...unwanted) => listOf(list).filter((item) => !unwanted.includes(item)))],
  ['has', fixed((wanted, list) => listOf(list).includes(wanted))],
  ['sortAlpha', fixed((list) => listOf(list).map(textOf).sort())],
  ['toStrings', fixed((list) => listOf(list).map(textOf))],
  ['dict', variadic(0, (...pairs) => dict(pairs))],
  ['get', fixed((map, key) => mapOf(map).get(stringOf(key)) ?? '')],
  ['hasKey', fixed((map, key) => mapOf(map).has(stringOf(key)))],
]);

function lengthOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value instanceof Map ? value.size : listOf(value).length;
}

/** A key that a map lacks gives "", as Go's zero value of a map of strings does. */
function at(collection: Value, key: Value): Value {
  if (collection instanceof Map) return mapOf(collection).get(stringOf(key)) ?? '';
  const list = listOf(collection);
  const position = integerOf(key);
  if (position < 0 || position >= list.length) throw new TemplateError('index is out of range');
  return list[position];
}

function dict(pairs: readonly Value[]): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (let i = 0; i < pairs.length; i += 2) map.set(textOf(pairs[i]), pairs[i + 1] ?? '');
  return map;
}
