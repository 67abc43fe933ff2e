// Original file: proto/spire/api/agent/delegatedidentity/v1/delegatedidentity.proto

import type { SelectorInput as _spire_api_types_SelectorInput, SelectorOutput as _spire_api_types_SelectorOutput } from '../../../../../spire/api/types/Selector.ts';

export interface SubscribeToX509SVIDsRequestInput {
  'selectors'?: (_spire_api_types_SelectorInput)[];
  'pid'?: (number);
}

export interface SubscribeToX509SVIDsRequestOutput {
  'selectors': (_spire_api_types_SelectorOutput)[];
  'pid': (number);
}
