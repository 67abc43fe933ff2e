// Original file: proto/spiffe/workload/workload.proto

import type { WITSVIDInput as _WITSVIDInput, WITSVIDOutput as _WITSVIDOutput } from './WITSVID.ts';

export interface WITSVIDResponseInput {
  'svids'?: (_WITSVIDInput)[];
}

export interface WITSVIDResponseOutput {
  'svids': (_WITSVIDOutput)[];
}
