import { ExpressionParser } from './expression-parser.ts';
import { sectionsOf, type Section } from './sections.ts';
import type { Expression, TemplateNode } from './syntax-tree.ts';
import { TemplateError } from './template-error.ts';
import { tokensOf, type PlacedToken } from './tokens.ts';

const MAX_TEMPLATE_LENGTH = 4096;
const MAX_DEPTH = 16;

/**
 * Parses a template, checking every function, its number of arguments and every top-level field.
 *
 * @param fields - what the data will have.
 * @throws {TemplateError}
 */
export function parseTemplate(text: string, fields: readonly string[]): readonly TemplateNode[] {
  if (text.length > MAX_TEMPLATE_LENGTH) throw new TemplateError('the template is too long');
  const parser = new TemplateParser(sectionsOf(text), fields);
  const nodes = parser.nodes(0, new Set());
  if (parser.lastKeyword !== undefined) throw new TemplateError(`unexpected ${parser.lastKeyword}`);
  return nodes;
}

const STOPS = new Set(['else', 'end']);
const UNSUPPORTED = new Set(['range', 'with', 'define', 'template', 'block', 'break', 'continue']);

class TemplateParser {
  readonly #sections: readonly Section[];
  readonly #fields: readonly string[];
  #at = 0;
  /** the keyword that ended the last list of nodes, and the rest of its action. */
  lastKeyword: string | undefined;
  #rest: readonly PlacedToken[] = [];

  constructor(sections: readonly Section[], fields: readonly string[]) {
    this.#sections = sections;
    this.#fields = fields;
  }

  /** The nodes up to the next `else` or `end`; what they set is known to them and to those below only. */
  nodes(depth: number, outer: ReadonlySet<string>): readonly TemplateNode[] {
    if (depth > MAX_DEPTH) throw new TemplateError('if is nested too deep');
    const variables = new Set(outer);
    const nodes: TemplateNode[] = [];
    for (let section = this.#next(); section !== undefined; section = this.#next()) {
      if (section.kind === 'text') {
        nodes.push({ kind: 'text', text: section.content });
        continue;
      }
      const tokens = tokensOf(section.content);
      const keyword = keywordOf(tokens);
      if (keyword !== undefined && STOPS.has(keyword)) {
        [this.lastKeyword, this.#rest] = [keyword, tokens.slice(1)];
        return nodes;
      }
      nodes.push(
        keyword === 'if' ? this.#if(tokens.slice(1), depth, variables) : this.#action(tokens, variables),
      );
    }
    this.lastKeyword = undefined;
    return nodes;
  }

  #next(): Section | undefined {
    return this.#sections[this.#at++];
  }

  #if(condition: readonly PlacedToken[], depth: number, variables: ReadonlySet<string>): TemplateNode {
    const test = this.#expression(condition, variables);
    const then = this.nodes(depth + 1, variables);
    const otherwise = this.lastKeyword === 'else' ? this.#else(depth, variables) : [];
    if (this.lastKeyword !== 'end') throw new TemplateError('if has no end');
    return { kind: 'if', condition: test, then, otherwise };
  }

  #else(depth: number, variables: ReadonlySet<string>): readonly TemplateNode[] {
    if (this.#rest.length === 0) return this.nodes(depth + 1, variables);
    if (keywordOf(this.#rest) !== 'if') throw new TemplateError('else takes nothing but if');
    return [this.#if(this.#rest.slice(1), depth + 1, variables)];
  }

  #expression(tokens: readonly PlacedToken[], variables: ReadonlySet<string>): Expression {
    return new ExpressionParser(tokens, { fields: this.#fields, variables }).whole();
  }

  #action(tokens: readonly PlacedToken[], variables: Set<string>): TemplateNode {
    const [first, second] = tokens;
    if (first?.token.kind === 'variable' && second?.token.kind === ':=') {
      const value = this.#expression(tokens.slice(2), variables);
      // Go would hide the earlier one until the end of the block; nobody needs that in a path.
      if (variables.has(first.token.name))
        throw new TemplateError(`variable ${first.token.name} is set twice`);
      variables.add(first.token.name);
      return { kind: 'set', name: first.token.name, value };
    }
    return { kind: 'print', value: this.#expression(tokens, variables) };
  }
}

function keywordOf(tokens: readonly PlacedToken[]): string | undefined {
  const token = tokens[0]?.token;
  if (token?.kind !== 'word') return undefined;
  if (UNSUPPORTED.has(token.word)) throw new TemplateError(`${token.word} is not supported`);
  return token.word;
}
