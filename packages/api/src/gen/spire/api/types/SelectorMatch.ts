// Original file: proto/spire/api/types/selector.proto

import type { SelectorInput as _spire_api_types_SelectorInput, SelectorOutput as _spire_api_types_SelectorOutput } from '../../../spire/api/types/Selector.ts';

// Original file: proto/spire/api/types/selector.proto

/**
 * How a row's set is held against the set that is asked for.
 */
export const _spire_api_types_SelectorMatch_MatchBehavior = {
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
export type _spire_api_types_SelectorMatch_MatchBehaviorInput =
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
export type _spire_api_types_SelectorMatch_MatchBehaviorOutput = typeof _spire_api_types_SelectorMatch_MatchBehavior[keyof typeof _spire_api_types_SelectorMatch_MatchBehavior]

/**
 * A set of selectors, and how rows are held against it.
 */
export interface SelectorMatchInput {
  'selectors'?: (_spire_api_types_SelectorInput)[];
  'match'?: (_spire_api_types_SelectorMatch_MatchBehaviorInput);
}

/**
 * A set of selectors, and how rows are held against it.
 */
export interface SelectorMatchOutput {
  'selectors': (_spire_api_types_SelectorOutput)[];
  'match': (_spire_api_types_SelectorMatch_MatchBehaviorOutput);
}
