export {
  type Certificate,
  type FailClosedPolicy,
  type FailClosedScope,
  type JwtBundle,
  type JwtBundleSet,
  type JwtSvid,
  parseSpiffeId,
  parseTrustDomain,
  SignetError,
  type SpiffeId,
  SvidError,
  type TaskEndCause,
  type TrustDomain,
  type X509Bundle,
  type X509BundleSet,
  type X509Svid,
} from '@signet/core';
export * from './endpoint/endpoint-address.ts';
export * from './errors.ts';
export * from './source/jwt-source.ts';
export * from './source/x509-source.ts';
export type { RevocationKnowledge } from './revocation/peer-revocations.ts';
export type { RevocationNews } from './revocation/revocation-news.ts';
export type { SourceOptions } from './source/live-state.ts';
export { Task } from './task/task.ts';
export type { TaskOrder } from './task/task-order.ts';
export type { TaskHandle } from './task/task-handle.ts';
export { TaskEndedError } from './task/task-end.ts';
export { anyPeer, type Authorize } from './tls/authorize.ts';
export * from './tls/mtls-agent.ts';
export * from './tls/mtls-channel-credentials.ts';
export { mtlsConnect, type MtlsClientOptions, type MtlsTarget } from './tls/mtls-connect.ts';
export * from './tls/mtls-connector.ts';
export * from './tls/mtls-grpc-listener.ts';
export * from './tls/mtls-http2.ts';
export * from './tls/mtls-server.ts';
export { peerId, peerTaskId } from './tls/peer-id.ts';
export type { HttpTarget } from './tls/target.ts';
export type { FetchOptions, WatchOptions } from './workload-api/call-options.ts';
export type { FetchedJwtSvid } from './workload-api/jwt-svids.ts';
export * from './workload-api/workload-api-client.ts';
export type { X509Context } from './workload-api/x509-context.ts';
export { plainStruct } from './workload-api/plain-struct.ts';
