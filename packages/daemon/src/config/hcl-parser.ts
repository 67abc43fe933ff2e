import type { HclItem, HclList, HclObject, HclValue, Position } from './hcl-value.ts';
import { HclTokens, type HclToken } from './hcl-tokens.ts';
import { MAX_CONFIG_DEPTH, syntaxError } from './syntax-error.ts';

function checkDepth(depth: number, position: Position): void {
  if (depth > MAX_CONFIG_DEPTH) throw syntaxError(position, `nested deeper than ${MAX_CONFIG_DEPTH} levels`);
}

function isMark(token: HclToken, mark: string): boolean {
  return token.kind === 'mark' && token.text === mark;
}

function readList(tokens: HclTokens, depth: number): HclList {
  const { position } = tokens.current;
  checkDepth(depth, position);
  tokens.expect('[');
  const items: HclValue[] = [];
  while (!isMark(tokens.current, ']')) {
    items.push(readValue(tokens, depth));
    if (!tokens.takeIf(',')) break;
  }
  tokens.expect(']');
  return { kind: 'list', items, position };
}

function readBlock(tokens: HclTokens, depth: number): HclObject {
  const { position } = tokens.current;
  checkDepth(depth, position);
  tokens.expect('{');
  const items = readItems(tokens, depth);
  tokens.expect('}');
  return { kind: 'object', items, position };
}

function readValue(tokens: HclTokens, depth: number): HclValue {
  const { kind, text, position } = tokens.current;
  if (isMark(tokens.current, '[')) return readList(tokens, depth + 1);
  if (isMark(tokens.current, '{')) return readBlock(tokens, depth + 1);
  tokens.take();
  if (kind === 'string') return { kind, value: text, position };
  if (kind === 'number') return { kind, text, position };
  if (kind === 'identifier' && (text === 'true' || text === 'false')) {
    return { kind: 'bool', value: text === 'true', position };
  }
  throw syntaxError(position, 'expected a value');
}

function readKeys(tokens: HclTokens): readonly string[] {
  const keys: string[] = [];
  while (tokens.current.kind === 'identifier' || tokens.current.kind === 'string')
    keys.push(tokens.take().text);
  return keys;
}

function readItem(tokens: HclTokens, depth: number): HclItem {
  const { position } = tokens.current;
  const [key, ...labels] = readKeys(tokens);
  if (key === undefined) throw syntaxError(position, 'expected a key');
  const assigned = labels.length === 0 && tokens.takeIf('=');
  if (assigned) return { key, labels, value: readValue(tokens, depth), position };
  if (!isMark(tokens.current, '{'))
    throw syntaxError(tokens.current.position, 'expected "=" or "{" after the key');
  return { key, labels, value: readBlock(tokens, depth + 1), position };
}

function readItems(tokens: HclTokens, depth: number): readonly HclItem[] {
  const items: HclItem[] = [];
  while (tokens.current.kind !== 'end' && !isMark(tokens.current, '}')) {
    items.push(readItem(tokens, depth));
    tokens.takeIf(',');
  }
  return items;
}

/** Parses HCL v1 text. @throws {ConfigError} `ERR_CONFIG_SYNTAX` */
export function parseHclText(text: string): HclObject {
  const tokens = new HclTokens(text);
  const { position } = tokens.current;
  const items = readItems(tokens, 0);
  if (tokens.current.kind !== 'end') throw syntaxError(tokens.current.position, 'unexpected "}"');
  return { kind: 'object', items, position };
}
