import { nearestName } from '@signet/core';
import { templateFunctions } from './functions.ts';
import type { Expression } from './syntax-tree.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateFunction } from './template-function.ts';
import type { PlacedToken, Token } from './tokens.ts';

const MAX_DEPTH = 16;

/** What a template may name: the fields of its data, and the variables set so far. */
export interface Names {
  readonly fields: readonly string[];
  readonly variables: ReadonlySet<string>;
}

/** Reads the pipelines of one action. */
export class ExpressionParser {
  readonly #tokens: readonly PlacedToken[];
  readonly #names: Names;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly PlacedToken[], names: Names) {
    this.#tokens = tokens;
    this.#names = names;
  }

  /** The rest of the action as one pipeline. */
  whole(): Expression {
    const value = this.#pipeline();
    if (this.#peek() !== undefined) throw new TemplateError('an action has something after its end');
    return value;
  }

  #pipeline(): Expression {
    if (++this.#depth > MAX_DEPTH) throw new TemplateError('parentheses are nested too deep');
    let value = this.#command(undefined);
    while (this.#peek()?.kind === '|') {
      this.#at++;
      value = this.#command(value);
    }
    this.#depth--;
    return value;
  }

  #command(piped: Expression | undefined): Expression {
    const first = this.#peek();
    if (first?.kind === 'word') {
      this.#at++;
      const args = this.#operands();
      return call(first.word, piped === undefined ? args : [...args, piped]);
    }
    const [value, ...more] = this.#operands();
    if (value === undefined) throw new TemplateError('a value is missing');
    if (more.length > 0 || piped !== undefined) throw new TemplateError('only a function takes arguments');
    return value;
  }

  #operands(): Expression[] {
    const operands: Expression[] = [];
    for (let token = this.#peek(); token !== undefined && startsOperand(token); token = this.#peek()) {
      if (!this.#mayStartHere()) throw new TemplateError('a space is missing between two values');
      operands.push(this.#operand(token));
    }
    return operands;
  }

  #mayStartHere(): boolean {
    const before = this.#tokens[this.#at - 1]?.token.kind;
    const isFirst = before === undefined || before === '(' || before === '|';
    return isFirst || this.#tokens[this.#at]?.afterSpace === true;
  }

  #operand(token: Token): Expression {
    this.#at++;
    let value = this.#term(token);
    for (
      let next = this.#tokens[this.#at];
      next !== undefined && !next.afterSpace;
      next = this.#tokens[this.#at]
    ) {
      if (next.token.kind !== 'field' || !mayHaveFields(token)) break;
      value = next.token.names.reduce(fieldOf, value);
      this.#at++;
    }
    return value;
  }

  #term(token: Token): Expression {
    if (token.kind === 'literal') return token;
    if (token.kind === 'dot') return DATA;
    if (token.kind === 'field') return this.#dataField(token.names);
    if (token.kind === 'variable') return this.#variable(token.name);
    if (token.kind === 'word') return call(token.word, []);
    const value = this.#pipeline();
    if (this.#peek()?.kind !== ')') throw new TemplateError('a parenthesis does not close');
    this.#at++;
    return value;
  }

  #dataField(names: readonly string[]): Expression {
    const first = names[0] ?? '';
    if (!this.#names.fields.includes(first)) {
      throw new TemplateError(`there is no field .${first}${hint(first, this.#names.fields, '.')}`);
    }
    return names.reduce(fieldOf, DATA);
  }

  #variable(name: string): Expression {
    if (name === '$') return DATA;
    if (!this.#names.variables.has(name)) throw new TemplateError(`variable ${name} is not set`);
    return { kind: 'variable', name };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at]?.token;
  }
}

const DATA: Expression = { kind: 'data' };

function fieldOf(of: Expression, name: string): Expression {
  return { kind: 'field', of, name };
}

function startsOperand(token: Token): boolean {
  return token.kind !== '|' && token.kind !== ')' && token.kind !== ':=';
}

function mayHaveFields(token: Token): boolean {
  return token.kind === 'variable' || token.kind === '(';
}

function call(name: string, args: readonly Expression[]): Expression {
  const known: TemplateFunction | undefined = templateFunctions.get(name);
  if (known === undefined) {
    throw new TemplateError(`there is no function ${name}${hint(name, [...templateFunctions.keys()], '')}`);
  }
  if (args.length < known.minArgs || args.length > known.maxArgs) {
    throw new TemplateError(`function ${name} has the wrong number of arguments`);
  }
  return { kind: 'call', function: known, args };
}

function hint(name: string, known: readonly string[], prefix: string): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` (did you mean ${prefix}${nearest}?)`;
}
