import { fixed, variadic, type TemplateFunctions } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { isEmpty, kindOf, type Value } from './value.ts';

/** Comparison and choice, of Go's templates and of Sprig. */
export const logicFunctions: TemplateFunctions = new Map([
  ['and', variadic(1, (...args) => firstOrLast(args, isEmpty))],
  ['or', variadic(1, (...args) => firstOrLast(args, (value) => !isEmpty(value)))],
  ['not', fixed((value) => isEmpty(value))],
  ['eq', variadic(2, (first, ...others) => others.some((other) => compare(first, other) === 0))],
  ['ne', fixed((a, b) => compare(a, b) !== 0)],
  ['lt', fixed((a, b) => compare(a, b) < 0)],
  ['le', fixed((a, b) => compare(a, b) <= 0)],
  ['gt', fixed((a, b) => compare(a, b) > 0)],
  ['ge', fixed((a, b) => compare(a, b) >= 0)],
  ['default', fixed((fallback, value) => (isEmpty(value) ? fallback : value))],
  ['empty', fixed((value) => isEmpty(value))],
  ['coalesce', variadic(1, (...args) => args.find((value) => !isEmpty(value)))],
  ['all', variadic(1, (...args) => !args.some(isEmpty))],
  ['any', variadic(1, (...args) => !args.every(isEmpty))],
  ['ternary', fixed((yes, no, condition) => (isEmpty(condition) ? no : yes))],
  ['fail', { minArgs: 1, maxArgs: 1, call: refuse }],
]);

function firstOrLast(args: readonly Value[], wanted: (value: Value) => boolean): Value {
  const index = args.findIndex(wanted);
  return index === -1 ? args.at(-1) : args[index];
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1;
  throw new TemplateError(`cannot compare ${kindOf(a)} with ${kindOf(b)}`);
}

function refuse(): never {
  throw new TemplateError('the template refuses this agent');
}
