import { AgentError } from '@signet/core';

/** One message of a list that comes in several. */
export interface Page {
  /** whether another one follows. */
  readonly more: boolean;
}

/**
 * Reads a list that the server sends in pages, up to the last one.
 *
 * @param most - items that there can be.
 * @throws {AgentError} `ERR_RESOURCE_EXHAUSTED` when the server sends more, or promises more and sends nothing: what does
 * not end must not fill the memory. What `receive` throws.
 */
export async function receivePages<P extends Page, Item>(
  receive: () => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
  most: number,
  first?: P,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = first ?? (await receive()); ; page = await receive()) {
    const received = itemsOf(page);
    for (const item of received) items.push(item);
    if (items.length > most) throw endless(`the server sends more than ${most} items`);
    if (!page.more) return items;
    if (received.length === 0) throw endless('the server promises more and sends nothing');
  }
}

function endless(message: string): AgentError {
  return new AgentError('ERR_RESOURCE_EXHAUSTED', message);
}
