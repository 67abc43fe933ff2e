import type { HclItem, HclLiteral, HclObject } from './hcl-value.ts';

/** A value of the command line that takes the place of the file's. */
export interface ConfigOverride {
  /** the flag that gave it, for the text of problems. */
  readonly flag: string;
  /** the key of the program's own block that it stands for. */
  readonly key: string;
  readonly value: string | number | boolean;
}

/**
 * The file with the values of the command line in their place, so that both are checked alike.
 *
 * @param block - the block whose keys are overridden: `server` or `agent`.
 */
export function withOverrides(
  root: HclObject,
  block: string,
  overrides: readonly ConfigOverride[],
): HclObject {
  if (overrides.length === 0) return root;
  const isBlock = (item: HclItem): boolean => item.key.toLowerCase() === block && item.labels.length === 0;
  const added = overrides.map(itemOf);
  const at = root.items.findIndex(isBlock);
  if (at === -1) return { ...root, items: [...root.items, blockOf(block, added)] };
  return { ...root, items: root.items.map((item, index) => (index === at ? merged(item, added) : item)) };
}

function merged(item: HclItem, added: readonly HclItem[]): HclItem {
  const keys = new Set(added.map(({ key }) => key));
  const into = (value: HclObject): HclObject => ({
    ...value,
    items: [...value.items.filter(({ key }) => !keys.has(key.toLowerCase())), ...added],
  });
  const { value } = item;
  if (value.kind === 'object') return { ...item, value: into(value) };
  // JSON may write a block as a list of one.
  const [first, ...more] = value.kind === 'list' ? value.items : [];
  if (value.kind !== 'list' || first?.kind !== 'object') return item;
  return { ...item, value: { ...value, items: [into(first), ...more] } };
}

function itemOf({ flag, key, value }: ConfigOverride): HclItem {
  const position = { line: 0, column: 0, flag };
  const literal: HclLiteral =
    typeof value === 'boolean'
      ? { kind: 'bool', value, position }
      : typeof value === 'number'
        ? { kind: 'number', text: String(value), position }
        : { kind: 'string', value, position };
  return { key, labels: [], value: literal, position };
}

function blockOf(key: string, items: readonly HclItem[]): HclItem {
  const position = { line: 0, column: 0 };
  return { key, labels: [], value: { kind: 'object', items, position }, position };
}
