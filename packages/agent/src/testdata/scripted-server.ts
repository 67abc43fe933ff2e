import {
  Metadata,
  Server,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  status,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  type AgentDenial,
  agentFeedService,
  agentService,
  type AttestAgentRequestOutput,
  type AttestAgentResponseInput,
  type BatchNewX509SVIDRequestOutput,
  bundleService,
  bundleToWire,
  type ConnectRequestOutput,
  type ConnectResponseInput,
  entryService,
  entryToWire,
  type GetAuthorizedEntriesResponseInput,
  type GetFederatedBundleRequestOutput,
  type NewJWTSVIDRequestOutput,
  permissionDeniedMetadata,
  type RenewAgentRequestOutput,
  type SyncAuthorizedEntriesRequestOutput,
  type SyncAuthorizedEntriesResponseInput,
  svidService,
  x509SvidToWire,
} from '@signet/api';
import { type Bundle, encodePem, parseSpiffeId, type RegistrationEntry, verifyX509Svid, x509BundleOf } from '@signet/core';
import { connectionGuard, grpcServerOptions, type Listener, listenTls, silentLogger } from '@signet/daemon';
import { TestAuthority } from './test-authority.ts';

type Reply = sendUnaryData<object>;

/** A feed as the server has it. */
export type ScriptedFeed = ServerDuplexStream<ConnectRequestOutput, ConnectResponseInput>;

/** A server that speaks SPIRE's protocol over real mutual TLS and does what the test's script says. */
export class ScriptedServer implements AsyncDisposable {
  readonly authority: TestAuthority = new TestAuthority('example.org');
  entries: RegistrationEntry[] = [];
  readonly foreign: Map<string, Bundle> = new Map();
  /** what it answers to GetBundle; default: its authority's. */
  ownBundle: Bundle = this.authority.bundle();
  /** most entries that are sent in full at once, as the 500 of a real server. */
  pageSize = 500;
  reattestable = false;
  /** of agents' and workloads' SVIDs. */
  ttl = 3600;
  /** refuses every agent call, and the first of these attestations. */
  denial: AgentDenial | undefined;
  attestFailure: status | undefined;
  /** statuses that the next calls of a method end with. */
  readonly failures: Map<string, status[]> = new Map();
  /** entries that no SVID is issued for. */
  readonly refused: Set<string> = new Set();
  /** serves a feed; without it the server has none, as SPIRE's. */
  onFeed: ((feed: ScriptedFeed) => void) | undefined;
  /** names of the calls, in order. */
  readonly calls: string[] = [];
  /** IDs that agents asked for one by one. */
  readonly requested: string[] = [];
  /** sizes of the batches of SVIDs. */
  readonly batches: number[] = [];
  /** SPIFFE IDs of callers, by call. */
  readonly callers: (string | undefined)[] = [];
  #listener: Listener<string> | undefined;
  #server: Server | undefined;
  port = 0;

  static async open(): Promise<ScriptedServer> {
    const self = new ScriptedServer();
    await self.listen();
    return self;
  }

  /** Takes calls, on the same port as before. */
  async listen(): Promise<void> {
    const own = this.authority.identity('spiffe://example.org/spire/server');
    const identity = {
      certChainPem: own.chainDer.map((der) => encodePem('CERTIFICATE', der)).join(''),
      key: own.key,
    };
    const listening: { at?: Listener<string> } = {};
    const server = new Server({
      ...grpcServerOptions(),
      interceptors: [connectionGuard(() => (listening.at === undefined ? [] : [listening.at.peers]))],
    });
    for (const [service, handlers] of this.#services()) server.addService(service, handlers);
    const bundle = x509BundleOf(this.authority.bundle());
    this.#listener = listening.at = await listenTls({
      host: '127.0.0.1',
      port: this.port,
      server,
      identity: () => identity,
      verifyPeer: (chainDer) =>
        verifyX509Svid(chainDer, { bundles: { x509Bundle: () => bundle }, at: Math.floor(Date.now() / 1000) }).id.uri,
      logger: silentLogger,
    });
    this.#server = server;
    this.port = this.#listener.port;
  }

  /** Goes away; `listen` brings it back. */
  async close(): Promise<void> {
    await this.#listener?.close(0);
    this.#server?.forceShutdown();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #services(): readonly (readonly [ServiceDefinition, UntypedServiceImplementation])[] {
    return [
      [
        agentFeedService,
        {
          Connect: (feed: ScriptedFeed) => {
            this.calls.push('Connect');
            if (this.onFeed === undefined) feed.emit('error', new Refusal(status.UNIMPLEMENTED, 'unknown service'));
            else this.onFeed(feed);
          },
        },
      ],
      [
        agentService,
        {
          AttestAgent: (call: Parameters<ScriptedServer['attest']>[0]) => this.attest(call),
          RenewAgent: this.#unary('RenewAgent', (request: RenewAgentRequestOutput, caller) => {
            this.#refuseIfDenied();
            return { svid: this.#agentSvid(request.params?.csr ?? Buffer.alloc(0), caller ?? '') };
          }),
          PostStatus: this.#unary('PostStatus', () => ({})),
        },
      ],
      [
        bundleService,
        {
          GetBundle: this.#unary('GetBundle', () => bundleToWire(this.ownBundle)),
          GetFederatedBundle: this.#unary('GetFederatedBundle', (request: GetFederatedBundleRequestOutput) => {
            const bundle = this.foreign.get(request.trust_domain);
            if (bundle === undefined) throw new Refusal(status.NOT_FOUND, 'bundle not found');
            return bundleToWire(bundle);
          }),
        },
      ],
      [
        entryService,
        {
          SyncAuthorizedEntries: (call: Parameters<ScriptedServer['sync']>[0]) => void this.sync(call),
          GetAuthorizedEntries: this.#unary('GetAuthorizedEntries', (): GetAuthorizedEntriesResponseInput => {
            this.#refuseIfDenied();
            return { entries: this.entries.map((entry) => entryToWire(entry)) };
          }),
        },
      ],
      [
        svidService,
        {
          BatchNewX509SVID: this.#unary('BatchNewX509SVID', (request: BatchNewX509SVIDRequestOutput) => {
            this.batches.push(request.params.length);
            return { results: request.params.map((params) => this.#workloadSvid(params)) };
          }),
          NewJWTSVID: this.#unary('NewJWTSVID', (request: NewJWTSVIDRequestOutput) => this.#jwtSvid(request)),
        },
      ],
    ];
  }

  #unary<Request>(name: string, answer: (request: Request, caller: string | undefined) => object) {
    return (call: ServerUnaryCall<Request, object>, reply: Reply): void => {
      try {
        reply(null, answer(call.request, this.#enter(name, call.getPeer())));
      } catch (error) {
        reply(error as Refusal);
      }
    };
  }

  #enter(name: string, peerId: string): string | undefined {
    const peer = this.#listener?.peers.resolve(peerId);
    const caller = peer?.kind === 'tls' ? peer.verified : undefined;
    this.calls.push(name);
    this.callers.push(caller);
    const failure = this.failures.get(name)?.shift();
    if (failure !== undefined) throw new Refusal(failure, 'the script says so');
    return caller;
  }

  #refuseIfDenied(): void {
    if (this.denial === undefined) return;
    throw new Refusal(status.PERMISSION_DENIED, 'denied', permissionDeniedMetadata(this.denial, 'denied'));
  }

  attest(call: ServerDuplexStream<AttestAgentRequestOutput, AttestAgentResponseInput>): void {
    let csr: Buffer = Buffer.alloc(0);
    let token = '';
    call.on('data', (message: AttestAgentRequestOutput) => {
      try {
        if (message.step === 'params') {
          this.#enter('AttestAgent', call.getPeer());
          if (this.attestFailure !== undefined) throw new Refusal(this.attestFailure, 'failed to attest: no');
          csr = message.params?.params?.csr ?? csr;
          token = message.params?.data?.payload.toString() ?? '';
          call.write({ challenge: Buffer.from('challenge') });
          return;
        }
        if (message.challenge_response?.toString() !== 'response to challenge') {
          throw new Refusal(status.INVALID_ARGUMENT, 'wrong response');
        }
        const svid = this.#agentSvid(csr, `spiffe://example.org/spire/agent/test/${token}`);
        call.write({ result: { svid, reattestable: this.reattestable } });
        call.end();
      } catch (error) {
        call.emit('error', error);
      }
    });
  }

  async sync(
    call: ServerDuplexStream<SyncAuthorizedEntriesRequestOutput, SyncAuthorizedEntriesResponseInput>,
  ): Promise<void> {
    try {
      this.#enter('SyncAuthorizedEntries', call.getPeer());
      this.#refuseIfDenied();
      let first = true;
      for await (const message of call as AsyncIterable<SyncAuthorizedEntriesRequestOutput>) {
        for (const response of first ? this.#listed() : this.#inFull(message.ids)) call.write(response);
        if (first && this.entries.length <= this.pageSize) break;
        first = false;
      }
      call.end();
    } catch (error) {
      call.emit('error', error instanceof Refusal ? error : new Refusal(status.CANCELLED, String(error)));
    }
  }

  #listed(): readonly SyncAuthorizedEntriesResponseInput[] {
    if (this.entries.length <= this.pageSize) return [{ entries: this.entries.map((entry) => entryToWire(entry)) }];
    return pagesOf(this.entries, this.pageSize).map((page, i, pages) => ({
      entry_revisions: page.map((entry) => ({
        id: entry.id,
        revision_number: entry.revisionNumber,
        created_at: entry.createdAt,
      })),
      more: i < pages.length - 1,
    }));
  }

  #inFull(ids: readonly string[]): readonly SyncAuthorizedEntriesResponseInput[] {
    this.requested.push(...ids);
    const found = this.entries.filter((entry) => ids.includes(entry.id));
    const pages = pagesOf(found, this.pageSize);
    if (pages.length === 0) return [{ entries: [], more: false }];
    return pages.map((page, i) => ({
      entries: page.map((entry) => entryToWire(entry)),
      more: i < pages.length - 1,
    }));
  }

  #agentSvid(csr: Buffer, uri: string): object {
    return this.#issue(csr, uri);
  }

  #workloadSvid({ entry_id: id, csr }: { entry_id: string; csr: Buffer }): object {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined || this.refused.has(id)) {
      return { status: { code: status.NOT_FOUND, message: 'entry not found or not authorized' } };
    }
    return { status: { code: status.OK, message: 'OK' }, svid: this.#issue(csr, entry.spiffeId.uri) };
  }

  #issue(csr: Buffer, uri: string): object {
    const now = Math.floor(Date.now() / 1000);
    const options = { notBefore: now - 10, notAfter: now + this.ttl };
    const chain = this.authority.issueFor(csr, uri, options);
    return x509SvidToWire({ id: parseSpiffeId(uri), chain, expiresAt: options.notAfter });
  }

  #jwtSvid({ entry_id: id, audience }: NewJWTSVIDRequestOutput): object {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) throw new Refusal(status.NOT_FOUND, 'entry not found or not authorized');
    const now = Math.floor(Date.now() / 1000);
    const { trustDomain, path, uri } = entry.spiffeId;
    return {
      svid: {
        token: this.authority.jwtSvid(uri, audience, now, 300),
        id: { trust_domain: trustDomain.name, path },
        issued_at: now,
        expires_at: now + 300,
      },
    };
  }
}

/** What a call ends with. */
class Refusal extends Error {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;

  constructor(code: status, details: string, metadata: Metadata = new Metadata()) {
    super(details);
    this.code = code;
    this.details = details;
    this.metadata = metadata;
  }
}

function pagesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
