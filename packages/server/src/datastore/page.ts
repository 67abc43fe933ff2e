/** Which part of a list is wanted. */
export interface PageRequest {
  /** Most rows to return; 0 or less means all of them in one page without a token. */
  readonly size: number;
  /** `nextPageToken` of the page before, '' for the first page. Opaque: made and checked by the store. */
  readonly token: string;
}

/** One part of a list, in creation order. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Pass to get the next page; '' when there is none. */
  readonly nextPageToken: string;
}

/** Everything in one page. */
export const wholeList: PageRequest = { size: 0, token: '' };
