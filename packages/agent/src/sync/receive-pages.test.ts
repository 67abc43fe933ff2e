import { describe, expect, it } from '@jest/globals';
import { receivePages } from './receive-pages.ts';

interface TestPage {
  readonly items: readonly number[];
  readonly more: boolean;
}

/** Reads these pages, and then the last of them for ever. */
function received(pages: readonly TestPage[], most: number, first?: TestPage): Promise<readonly number[]> {
  let at = 0;
  const receive = (): Promise<TestPage> => Promise.resolve(pages[Math.min(at++, pages.length - 1)]!);
  return receivePages(receive, ({ items }) => items, most, first);
}

const page = (more: boolean, ...items: readonly number[]): TestPage => ({ items, more });

describe('receivePages', () => {
  it('reads up to the last page', async () => {
    expect(await received([page(true, 1, 2), page(true, 3), page(false)], 3)).toEqual([1, 2, 3]);
    expect(await received([page(false)], 0)).toEqual([]);
  });

  it('begins with the page that has come already', async () => {
    expect(await received([page(false, 2)], 2, page(true, 1))).toEqual([1, 2]);
    expect(await received([page(true, 9)], 2, page(false, 1))).toEqual([1]);
  });

  it.each([
    ['sends more than there can be', [page(true, 1, 2, 3)]],
    ['sends more than there can be on its last page', [page(true, 1), page(false, 2, 3, 4)]],
    ['sends nothing and promises more', [page(true, 1), page(true)]],
  ])('gives up a server that %s', async (_, pages) => {
    await expect(received(pages, 3)).rejects.toMatchObject({ code: 'ERR_RESOURCE_EXHAUSTED' });
  });
});
