/** One page of a list, and where the next one begins; '' after the last. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next: string;
}

const PAGE_SIZE = 1000;

/** Reads page after page, up to `limit` items. @returns them, and where more begin; '' when that was all. */
export async function readPages<Item>(
  limit: number,
  read: (page: { readonly page_size: number; readonly page_token: string }) => Promise<ListPage<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly more: string }> {
  const items: Item[] = [];
  let more = '';
  do {
    const page = await read({ page_size: Math.min(PAGE_SIZE, limit - items.length), page_token: more });
    items.push(...page.items);
    more = page.next;
  } while (more !== '' && items.length < limit);
  return { items, more };
}
