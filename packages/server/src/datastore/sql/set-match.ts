import type { MatchBehavior } from '@signet/core';

/** A set to compare rows with; `members` holds no repetition. */
export interface SetQuery<Member> {
  readonly members: readonly Member[];
  readonly match: MatchBehavior;
}

/** How many of the query's members a row must have, and how many members it may have at all. */
export interface SetBounds {
  /** Fewest members in common. */
  readonly common: number;
  /** The row's own number of members: a fixed one, the number in common, or no matter. */
  readonly size: number | 'common' | 'any';
}

/**
 * A match as counting: with the members in common and the size of the row's set, every behaviour is a comparison.
 * A row without members has nothing in common, so it never matches.
 */
export function setBounds(query: SetQuery<unknown>): SetBounds {
  const size = query.members.length;
  switch (query.match) {
    case 'exact':
      return { common: size, size };
    case 'subset':
      return { common: 1, size: 'common' };
    case 'superset':
      return { common: size, size: 'any' };
    case 'any':
      return { common: 1, size: 'any' };
  }
}
