import { readMeta } from './meta-operations.ts';
import { formatPageToken, parsePageToken } from './page-token.ts';
import { allRows, type Steps } from './steps.ts';
import type { Statement } from './statement.ts';

/** Which page: `size` 0 or less is all rows. */
export interface PageInput {
  readonly size: number;
  readonly token: string;
}

/** Rows of one page and the token of the next, '' at the end. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly nextPageToken: string;
}

/** Where a page begins and how many rows it may have; one row more than the page holds tells whether it is the last. */
export interface PageWindow {
  readonly afterRow: number;
  readonly limit: number | undefined;
}

/** How much the rows of a page may weigh together. */
export interface PageWeight<Row> {
  readonly most: number;
  of(row: Row): number;
}

/** Reads one page of a list whose rows are ordered by `row_id`. @throws {StoreError} `ERR_STORE_PAGE_TOKEN` */
export function* readPage<Row extends { row_id: number }>(
  list: string,
  page: PageInput,
  query: (window: PageWindow) => Statement<Row>,
  weight?: PageWeight<Row>,
): Steps<RowPage<Row>> {
  const key = yield* readMeta('page_key');
  const afterRow = parsePageToken(key, list, page.token);
  if (page.size <= 0) {
    return { rows: yield* allRows(query({ afterRow, limit: undefined })), nextPageToken: '' };
  }
  const found = yield* allRows(query({ afterRow, limit: page.size + 1 }));
  const count = fittingRows(found.slice(0, page.size), weight);
  if (found.length <= count) return { rows: found, nextPageToken: '' };
  const rows = found.slice(0, count);
  return { rows, nextPageToken: formatPageToken(key, list, rows.at(-1)?.row_id ?? 0) };
}

/** How many rows fit into a page; one at least. */
function fittingRows<Row>(rows: readonly Row[], weight: PageWeight<Row> | undefined): number {
  if (weight === undefined) return rows.length;
  let left = weight.most;
  const fitting = rows.findIndex((row) => (left -= weight.of(row)) < 0);
  return fitting === -1 ? rows.length : Math.max(1, fitting);
}
