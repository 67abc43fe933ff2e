// Original file: proto/signet/server/revocation/v1/revocation.proto

import type { Long } from '@grpc/proto-loader';

export interface RevokeResponseInput {
  /**
   * The newest revocation that this made; 0 for a dry run, and when nothing was hit.
   */
  'revocation'?: (number | string | Long);
  'x509_svids'?: (number);
  'jwt_svids'?: (number);
  'tasks'?: (number);
  /**
   * Connected agents that were told.
   */
  'agents'?: (number);
  /**
   * Open streams of those agents' workloads are theirs to cut; this counts the server's own.
   */
  'streams'?: (number);
}

export interface RevokeResponseOutput {
  /**
   * The newest revocation that this made; 0 for a dry run, and when nothing was hit.
   */
  'revocation': (string);
  'x509_svids': (number);
  'jwt_svids': (number);
  'tasks': (number);
  /**
   * Connected agents that were told.
   */
  'agents': (number);
  /**
   * Open streams of those agents' workloads are theirs to cut; this counts the server's own.
   */
  'streams': (number);
}
