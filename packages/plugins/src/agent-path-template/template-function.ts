import type { Value } from './value.ts';

/** A function of the template language; a value that comes through a pipe is its last argument. */
export interface TemplateFunction {
  readonly minArgs: number;
  readonly maxArgs: number;
  /** @throws {TemplateError} when an argument is of the wrong kind. */
  readonly call: (...args: Value[]) => Value;
  /** the first argument of which this holds is the result; the arguments after it are not even evaluated. */
  readonly stopsAt?: (arg: Value) => boolean;
}

/** Functions by name. */
export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>;

/** A function with exactly as many arguments as `call` names. */
export function fixed(call: (...args: Value[]) => Value): TemplateFunction {
  return { minArgs: call.length, maxArgs: call.length, call };
}

/** A function with `minArgs` or more arguments. */
export function variadic(minArgs: number, call: (...args: Value[]) => Value): TemplateFunction {
  return { minArgs, maxArgs: 64, call };
}
