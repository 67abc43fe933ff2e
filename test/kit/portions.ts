/** All that comes in portions. */
export async function allOf<Item>(portions: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const portion of portions) all.push(...portion);
  return all;
}

/** Portions of one each. */
export async function* inPortions<Item>(items: readonly Item[]): AsyncIterable<readonly Item[]> {
  for (const item of items) yield await Promise.resolve([item]);
}
