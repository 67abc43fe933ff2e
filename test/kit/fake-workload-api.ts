import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import {
  type LocalBeginTaskRequestOutput,
  type LocalBeginTaskResponseInput,
  type LocalEndTaskRequestOutput,
  type LocalEndTaskResponseInput,
  type LocalWatchRevocationsResponseInput,
  type WorkloadJWTBundlesResponseInput,
  type WorkloadJWTSVIDRequestOutput,
  type WorkloadJWTSVIDResponseInput,
  type WorkloadValidateJWTSVIDRequestOutput,
  type WorkloadValidateJWTSVIDResponseInput,
  type WorkloadX509BundlesResponseInput,
  type WorkloadX509SVIDResponseInput,
  workloadApiService,
  workloadService,
} from '@signet/api';
import { type Failure, ScriptedStream } from './scripted-stream.ts';

/** What a unary method of the fake does: answers, or throws a {@link Failure}. */
export type Answer<Request, Response> = (request: Request) => Response | Promise<Response>;

/** A call that the fake has received. */
export interface ReceivedCall {
  readonly method: string;
  readonly securityHeader: readonly string[];
  /** The task that it was made in. */
  readonly taskId: readonly string[];
}

/** A failure for an {@link Answer} to throw. */
export class FakeFailure extends Error implements Failure {
  readonly code: status;
  readonly details: string;

  constructor(code: status, details: string) {
    super(details);
    this.code = code;
    this.details = details;
  }
}

const SECURITY_HEADER = 'workload.spiffe.io';

/**
 * A Workload API on a real Unix socket that does what a test tells it. Like a real one it refuses calls without the
 * security header.
 */
export class FakeWorkloadApi implements AsyncDisposable {
  readonly x509Svids: ScriptedStream<WorkloadX509SVIDResponseInput> = new ScriptedStream();
  readonly x509Bundles: ScriptedStream<WorkloadX509BundlesResponseInput> = new ScriptedStream();
  readonly jwtBundles: ScriptedStream<WorkloadJWTBundlesResponseInput> = new ScriptedStream();
  /** The one task that can be begun. */
  readonly task: ScriptedStream<LocalBeginTaskResponseInput> = new ScriptedStream();
  readonly revocations: ScriptedStream<LocalWatchRevocationsResponseInput> = new ScriptedStream();
  /** What tasks were begun with. */
  readonly taskOrders: LocalBeginTaskRequestOutput[] = [];
  /** All calls, refused ones too. */
  readonly calls: ReceivedCall[] = [];
  /** Answers FetchJWTSVID. */
  onFetchJwtSvid: Answer<WorkloadJWTSVIDRequestOutput, WorkloadJWTSVIDResponseInput> = unimplemented;
  /** Answers ValidateJWTSVID. */
  onValidateJwtSvid: Answer<WorkloadValidateJWTSVIDRequestOutput, WorkloadValidateJWTSVIDResponseInput> =
    unimplemented;
  /** Answers EndTask. */
  onEndTask: Answer<LocalEndTaskRequestOutput, LocalEndTaskResponseInput> = unimplemented;
  readonly #folder: string;
  readonly #address: string;
  #server: Server | undefined;
  #port: number | undefined;

  private constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#address = address;
    for (const stream of [this.task, this.revocations]) stream.fail(status.UNIMPLEMENTED, 'not scripted');
  }

  /** Starts one that has nothing to say yet: its streams hang. */
  static async start(): Promise<FakeWorkloadApi> {
    const folder = await mkdtemp(join(tmpdir(), 'fake-workload-api-'));
    const api = new FakeWorkloadApi(folder, `unix:${join(folder, 'api.sock')}`);
    await api.resume();
    return api;
  }

  /** Starts one on a TCP port of the loopback interface. */
  static async startTcp(host: '127.0.0.1' | '[::1]' = '127.0.0.1'): Promise<FakeWorkloadApi> {
    const api = new FakeWorkloadApi(await mkdtemp(join(tmpdir(), 'fake-workload-api-')), `${host}:0`);
    await api.resume();
    return api;
  }

  /** Address for `SPIFFE_ENDPOINT_SOCKET`. */
  get endpoint(): string {
    if (this.#address.startsWith('unix:')) return `unix://${this.#address.slice('unix:'.length)}`;
    return `tcp://${this.#address.replace(/:0$/, `:${this.#port ?? 0}`)}`;
  }

  /** Goes away as a process does that is killed: connections break. */
  pause(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Listens (again). */
  async resume(): Promise<void> {
    const server = new Server({ 'grpc.max_send_message_length': -1 });
    server.addService(workloadApiService, {
      FetchX509SVID: this.#streaming('FetchX509SVID', this.x509Svids),
      FetchX509Bundles: this.#streaming('FetchX509Bundles', this.x509Bundles),
      FetchJWTBundles: this.#streaming('FetchJWTBundles', this.jwtBundles),
      FetchJWTSVID: this.#unary('FetchJWTSVID', (request: WorkloadJWTSVIDRequestOutput) =>
        this.onFetchJwtSvid(request),
      ),
      ValidateJWTSVID: this.#unary('ValidateJWTSVID', (request: WorkloadValidateJWTSVIDRequestOutput) =>
        this.onValidateJwtSvid(request),
      ),
    });
    server.addService(workloadService, {
      WatchRevocations: this.#streaming('WatchRevocations', this.revocations),
      BeginTask: this.#streaming('BeginTask', this.task, (order: LocalBeginTaskRequestOutput) =>
        this.taskOrders.push(order),
      ),
      EndTask: this.#unary('EndTask', (request: LocalEndTaskRequestOutput) => this.onEndTask(request)),
      ListTasks: this.#unary('ListTasks', unimplemented),
    });
    this.#server = server;
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(this.#address, ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pause();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #streaming<Request, Message>(
    method: string,
    stream: ScriptedStream<Message>,
    onRequest: (request: Request) => void = () => undefined,
  ): (call: ServerWritableStream<Request, Message>) => void {
    return (call) => {
      if (this.#hasSecurityHeader(method, call.metadata)) {
        onRequest(call.request);
        stream.accept(call);
      } else call.emit('error', { ...NO_HEADER, metadata: new Metadata() });
    };
  }

  #unary<Request, Response>(
    method: string,
    answer: Answer<Request, Response>,
  ): (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => void {
    return (call, done) => {
      if (!this.#hasSecurityHeader(method, call.metadata)) {
        done(NO_HEADER);
        return;
      }
      Promise.resolve(call.request)
        .then(answer)
        .then(
          (response) => done(null, response),
          (error: unknown) => {
            const { code, details } = error as Failure;
            done({ code, details });
          },
        );
    };
  }

  #hasSecurityHeader(method: string, metadata: Metadata): boolean {
    const securityHeader = metadata.get(SECURITY_HEADER).map(String);
    this.calls.push({ method, securityHeader, taskId: metadata.get('signet-task-id').map(String) });
    return securityHeader.length === 1 && securityHeader[0] === 'true';
  }
}

const NO_HEADER: Failure = {
  code: status.INVALID_ARGUMENT,
  details: 'security header missing from request',
};

function unimplemented(): never {
  throw new FakeFailure(status.UNIMPLEMENTED, 'not scripted');
}
