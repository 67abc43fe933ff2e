import { fixed, variadic, type TemplateFunction, type TemplateFunctions } from './template-function.ts';
import { TemplateError } from './template-error.ts';
import { isEmpty, kindOf, type Value } from './value.ts';

/** Comparison and choice, of Go's templates and of Sprig. */
export const logicFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['and', { ...variadic(1, lastOf), stopsAt: isEmpty }],
  ['or', { ...variadic(1, lastOf), stopsAt: (value) => !isEmpty(value) }],
  ['not', fixed((value) => isEmpty(value))],
  ['eq', variadic(2, (first, ...others) => others.some((other) => isEqual(first, other)))],
  ['ne', fixed((a, b) => !isEqual(a, b))],
  ['lt', fixed((a, b) => order(a, b) < 0)],
  ['le', fixed((a, b) => order(a, b) <= 0)],
  ['gt', fixed((a, b) => order(a, b) > 0)],
  ['ge', fixed((a, b) => order(a, b) >= 0)],
  ['default', fixed((fallback, value) => (isEmpty(value) ? fallback : value))],
  ['empty', fixed((value) => isEmpty(value))],
  ['coalesce', variadic(1, (...args) => args.find((value) => !isEmpty(value)))],
  ['all', variadic(1, (...args) => !args.some(isEmpty))],
  ['any', variadic(1, (...args) => !args.every(isEmpty))],
  ['ternary', fixed((yes, no, condition) => (booleanOf(condition) ? yes : no))],
  ['fail', { minArgs: 1, maxArgs: 1, call: refuse }],
]);

function lastOf(...args: Value[]): Value {
  return args.at(-1);
}

function isEqual(a: Value, b: Value): boolean {
  return typeof a === 'boolean' && typeof b === 'boolean' ? a === b : order(a, b) === 0;
}

function order(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  throw new TemplateError(`cannot compare ${kindOf(a)} with ${kindOf(b)}`);
}

function booleanOf(value: Value): boolean {
  if (typeof value !== 'boolean') throw new TemplateError(`expected a boolean, got ${kindOf(value)}`);
  return value;
}

function refuse(): never {
  throw new TemplateError('the template refuses this agent');
}
