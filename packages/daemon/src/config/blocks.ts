import type { HclItem, HclObject, HclValue } from './hcl-value.ts';

/** One block and where it was written. */
export interface Block {
  readonly body: HclObject;
  readonly item: HclItem;
}

/** A block with the label it was given (`"join_token"`), or the key that stands for one in JSON. */
export interface LabelledBlock {
  readonly label: string;
  readonly item: HclItem;
}

function objectsIn(value: HclValue): readonly HclObject[] | undefined {
  if (value.kind === 'object') return [value];
  if (value.kind !== 'list') return undefined;
  const objects = value.items.filter((item) => item.kind === 'object');
  return objects.length === value.items.length ? objects : undefined;
}

/** A first label moved inside: `a "b" { … }` is `a { b { … } }`. */
function unlabelled(item: HclItem): HclItem {
  const [key, ...labels] = item.labels;
  if (key === undefined) return item;
  const inner: HclItem = { ...item, key, labels };
  return { ...item, labels: [], value: { kind: 'object', items: [inner], position: item.position } };
}

/**
 * Every block that the items hold; a JSON list of objects is as many blocks.
 *
 * @param onOther - called for an item whose value is not a block.
 */
export function blocksOf(items: readonly HclItem[], onOther: (item: HclItem) => void): readonly Block[] {
  return items.flatMap((item) => {
    const objects = objectsIn(unlabelled(item).value);
    if (objects === undefined) onOther(item);
    return (objects ?? []).map((body) => ({ body, item }));
  });
}

/** The labelled blocks that the items hold, in file order: `x "label" { … }` or `x { label { … } }`. */
export function labelledBlocksOf(
  items: readonly HclItem[],
  onOther: (item: HclItem) => void,
): readonly LabelledBlock[] {
  return blocksOf(items, onOther).flatMap(({ body }) =>
    body.items.map((item) => ({ label: item.key, item })),
  );
}
