import { isJsonArray, isJsonObject, type JsonValue } from './json-value.ts';

/**
 * The value as JSON; a bigint keeps all its digits.
 *
 * @param indent - spaces per level, one member per line; 0, the default, gives compact text.
 */
export function formatJson(value: JsonValue, indent = 0): string {
  return formatValue(value, indent, indent === 0 ? '' : '\n');
}

function formatValue(value: JsonValue, indent: number, lineBreak: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (isJsonArray(value)) {
    return enclose('[]', (inner) => value.map((item) => formatValue(item, indent, inner)), indent, lineBreak);
  }
  if (isJsonObject(value)) {
    const colon = indent === 0 ? ':' : ': ';
    const members = (inner: string): string[] =>
      Array.from(value, ([name, item]) => JSON.stringify(name) + colon + formatValue(item, indent, inner));
    return enclose('{}', members, indent, lineBreak);
  }
  return JSON.stringify(value);
}

function enclose(
  brackets: '[]' | '{}',
  formatItems: (innerLineBreak: string) => readonly string[],
  indent: number,
  lineBreak: string,
): string {
  const inner = lineBreak + ' '.repeat(indent);
  const items = formatItems(inner);
  if (items.length === 0) return brackets;
  return `${brackets[0] ?? ''}${inner}${items.join(`,${inner}`)}${lineBreak}${brackets[1] ?? ''}`;
}
