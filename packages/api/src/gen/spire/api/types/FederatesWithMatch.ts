// Original file: proto/spire/api/types/federateswith.proto


// Original file: proto/spire/api/types/federateswith.proto

/**
 * How a row's set is held against the set that is asked for.
 */
export const _spire_api_types_FederatesWithMatch_MatchBehavior = {
  /**
   * The sets are equal.
   */
  MATCH_EXACT: 'MATCH_EXACT',
  /**
   * The row has nothing else, and at least one of them.
   */
  MATCH_SUBSET: 'MATCH_SUBSET',
  /**
   * The row has all of them.
   */
  MATCH_SUPERSET: 'MATCH_SUPERSET',
  /**
   * The row has at least one of them.
   */
  MATCH_ANY: 'MATCH_ANY',
} as const;

/**
 * How a row's set is held against the set that is asked for.
 */
export type _spire_api_types_FederatesWithMatch_MatchBehaviorInput =
  /**
   * The sets are equal.
   */
  | 'MATCH_EXACT'
  | 0
  /**
   * The row has nothing else, and at least one of them.
   */
  | 'MATCH_SUBSET'
  | 1
  /**
   * The row has all of them.
   */
  | 'MATCH_SUPERSET'
  | 2
  /**
   * The row has at least one of them.
   */
  | 'MATCH_ANY'
  | 3

/**
 * How a row's set is held against the set that is asked for.
 */
export type _spire_api_types_FederatesWithMatch_MatchBehaviorOutput = typeof _spire_api_types_FederatesWithMatch_MatchBehavior[keyof typeof _spire_api_types_FederatesWithMatch_MatchBehavior]

/**
 * A set of trust domains, and how rows are held against it.
 */
export interface FederatesWithMatchInput {
  'trust_domains'?: (string)[];
  'match'?: (_spire_api_types_FederatesWithMatch_MatchBehaviorInput);
}

/**
 * A set of trust domains, and how rows are held against it.
 */
export interface FederatesWithMatchOutput {
  'trust_domains': (string)[];
  'match': (_spire_api_types_FederatesWithMatch_MatchBehaviorOutput);
}
