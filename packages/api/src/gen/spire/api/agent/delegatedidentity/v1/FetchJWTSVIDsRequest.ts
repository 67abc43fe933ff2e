// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto

import type { SelectorInput as _spire_api_types_SelectorInput, SelectorOutput as _spire_api_types_SelectorOutput } from '../../../../../spire/api/types/Selector.ts';

export interface FetchJWTSVIDsRequestInput {
  /**
   * At least one.
   */
  'audience'?: (string)[];
  'selectors'?: (_spire_api_types_SelectorInput)[];
  'pid'?: (number);
}

export interface FetchJWTSVIDsRequestOutput {
  /**
   * At least one.
   */
  'audience': (string)[];
  'selectors': (_spire_api_types_SelectorOutput)[];
  'pid': (number);
}
