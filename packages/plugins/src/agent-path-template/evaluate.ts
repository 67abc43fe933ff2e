import type { Expression, TemplateNode } from './syntax-tree.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateFunction } from './template-function.ts';
import { bounded, isEmpty, kindOf, textOf, type Value } from './value.ts';

/** What a template is used with. */
export type TemplateData = ReadonlyMap<string, Value>;

/**
 * The text that the template gives for the data.
 *
 * @throws {TemplateError} for a key that a map lacks, a value of the wrong kind, or one that grows too large.
 */
export function evaluateTemplate(nodes: readonly TemplateNode[], data: TemplateData): string {
  return new Evaluation(data).text(nodes);
}

class Evaluation {
  readonly #data: TemplateData;
  readonly #variables = new Map<string, Value>();

  constructor(data: TemplateData) {
    this.#data = data;
  }

  text(nodes: readonly TemplateNode[]): string {
    return nodes.map((node) => this.#node(node)).join('');
  }

  #node(node: TemplateNode): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'print':
        return textOf(this.#value(node.value));
      case 'if':
        return this.text(isEmpty(this.#value(node.condition)) ? node.otherwise : node.then);
      case 'set':
        this.#variables.set(node.name, this.#value(node.value));
        return '';
    }
  }

  #value(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'data':
        return this.#data;
      case 'variable':
        return this.#variable(expression.name);
      case 'field':
        return fieldIn(this.#value(expression.of), expression.name);
      case 'call':
        return bounded(this.#call(expression.function, expression.args));
    }
  }

  #call({ call, stopsAt }: TemplateFunction, args: readonly Expression[]): Value {
    const values: Value[] = [];
    for (const arg of args) {
      const value = this.#value(arg);
      if (stopsAt?.(value) === true) return value;
      values.push(value);
    }
    return call(...values);
  }

  #variable(name: string): Value {
    if (!this.#variables.has(name)) throw new TemplateError(`variable ${name} is not set`);
    return this.#variables.get(name);
  }
}

function fieldIn(value: Value, name: string): Value {
  if (!(value instanceof Map)) throw new TemplateError(`${kindOf(value)} has no field .${name}`);
  if (!value.has(name)) throw new TemplateError(`there is no value for .${name}`);
  return (value as TemplateData).get(name);
}
