import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Metadata,
  type MethodDefinition,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  type WorkloadJWTSVIDRequestOutput,
  type WorkloadJWTSVIDResponseInput,
  type WorkloadValidateJWTSVIDRequestOutput,
  workloadApiService,
} from '@signet/api';
import { SignetError } from '@signet/core';
import type { Logger, Metrics, PeerRegistry } from '@signet/daemon';
import { type CallRecord, workloadCallRecorder } from './call-log.ts';
import { serveFeed, type FeedCall, type FeedDeps } from './serve-feed.ts';
import { jwtSvidValidator, type ValidateDeps, type ValidateJwtSvid } from './validate-jwt-svid.ts';
import { readJwtSvidRequest, readValidateRequest, requireSecurityHeader } from './workload-request.ts';
import type { Feed } from './workload-view.ts';
import type { Workload } from './workload.ts';

/** A call as far as it tells who makes it, and for whom. */
export interface WorkloadCall {
  readonly metadata: Metadata;
  getPeer(): string;
}

/** What the Workload API needs. */
export interface WorkloadApiDeps extends FeedDeps, ValidateDeps {
  readonly peers: () => PeerRegistry;
  /** Finds out who calls, and for whom it is to be answered. @throws when it may not call. */
  readonly workload: (call: WorkloadCall) => Promise<Workload>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const FEEDS = {
  FetchX509SVID: 'x509Svids',
  FetchX509Bundles: 'x509Bundles',
  FetchJWTBundles: 'jwtBundles',
} as const satisfies Partial<Record<keyof typeof workloadApiService, Feed>>;

/** Methods whose answers are kept encoded. */
const PRE_ENCODED: readonly (keyof typeof workloadApiService)[] = [
  ...(Object.keys(FEEDS) as (keyof typeof FEEDS)[]),
  'ValidateJWTSVID',
];

/** The Workload API's service, some of whose methods take answers that are encoded already. */
export const preEncodedWorkloadApi: ServiceDefinition = {
  ...(workloadApiService as ServiceDefinition),
  ...Object.fromEntries(
    PRE_ENCODED.map((method) => [
      method,
      preEncoded(workloadApiService[method] as MethodDefinition<object, object>),
    ]),
  ),
};

/** The method, which takes answers that are encoded already. */
export function preEncoded(method: MethodDefinition<object, object>): MethodDefinition<object, Buffer> {
  return { ...method, responseSerialize: (message: Buffer) => message } as MethodDefinition<object, Buffer>;
}

/**
 * The SPIFFE Workload API. Each call goes through the same gates in the same order: security header, fields of the
 * request, attestation of the caller, entitlement.
 *
 * @spec Workload API; SPIRE: order of checks
 */
export function workloadApiHandlers(deps: WorkloadApiDeps): UntypedServiceImplementation {
  return {
    FetchX509SVID: feedHandler('FetchX509SVID', deps),
    FetchX509Bundles: feedHandler('FetchX509Bundles', deps),
    FetchJWTBundles: feedHandler('FetchJWTBundles', deps),
    FetchJWTSVID: unaryHandler('FetchJWTSVID', deps, fetchJwtSvid),
    ValidateJWTSVID: unaryHandler('ValidateJWTSVID', deps, validate(jwtSvidValidator(deps))),
    FetchWITSVID: unimplementedStream('FetchWITSVID', deps),
    FetchWITBundles: unimplementedStream('FetchWITBundles', deps),
  };
}

function feedHandler(
  method: keyof typeof FEEDS,
  deps: WorkloadApiDeps,
): handleServerStreamingCall<object, Buffer> {
  const record = workloadCallRecorder(method, deps);
  return (call) => void runFeed(FEEDS[method], call, record(call), deps);
}

async function runFeed(
  feed: Feed,
  call: ServerWritableStream<object, Buffer>,
  record: CallRecord,
  deps: WorkloadApiDeps,
): Promise<void> {
  try {
    requireSecurityHeader(call.metadata);
    const workload = await notedWorkload(call, record, deps);
    await serveFeed(workload.source(feed), feedCall(call), deps);
    record.succeeded();
  } catch (error) {
    call.emit('error', record.failed(error));
  }
}

function feedCall(call: ServerWritableStream<object, Buffer>): FeedCall {
  return {
    get cancelled() {
      return call.cancelled;
    },
    onCancelled: (listener) => void call.once('cancelled', listener),
    write: (message, sent) => void call.write(message, sent),
  };
}

type UnaryWork<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  record: CallRecord,
  deps: WorkloadApiDeps,
) => Promise<Response>;

function unaryHandler<Request, Response>(
  method: string,
  deps: WorkloadApiDeps,
  work: UnaryWork<Request, Response>,
): handleUnaryCall<Request, Response> {
  const recorder = workloadCallRecorder(method, deps);
  return (call, callback) => {
    const record = recorder(call);
    const run = async (): Promise<Response> => {
      requireSecurityHeader(call.metadata);
      return work(call, record, deps);
    };
    run().then(
      (response) => {
        record.succeeded();
        callback(null, response);
      },
      (error: unknown) => callback(record.failed(error)),
    );
  };
}

async function fetchJwtSvid(
  call: ServerUnaryCall<WorkloadJWTSVIDRequestOutput, WorkloadJWTSVIDResponseInput>,
  record: CallRecord,
  deps: WorkloadApiDeps,
): Promise<WorkloadJWTSVIDResponseInput> {
  const request = readJwtSvidRequest(call.request);
  const workload = await notedWorkload(call, record, deps);
  return workload.jwtSvids(request);
}

function validate(check: ValidateJwtSvid): UnaryWork<WorkloadValidateJWTSVIDRequestOutput, Buffer> {
  return async (call, record, deps) => {
    const request = readValidateRequest(call.request);
    const workload = await notedWorkload(call, record, deps);
    return check(request, workload.bundles());
  };
}

async function notedWorkload(
  call: WorkloadCall,
  record: CallRecord,
  deps: WorkloadApiDeps,
): Promise<Workload> {
  const workload = await deps.workload(call);
  record.note({ pid: workload.peer.pid });
  return workload;
}

function unimplementedStream(
  method: string,
  deps: WorkloadApiDeps,
): handleServerStreamingCall<object, Buffer> {
  const record = workloadCallRecorder(method, deps);
  return (call) => {
    const error = new SignetError('ERR_UNIMPLEMENTED', 'WIT-SVIDs are not supported');
    call.emit('error', record(call).failed(error));
  };
}
