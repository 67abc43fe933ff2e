import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, credentials, type ServiceDefinition } from '@grpc/grpc-js';
import {
  type AgentClient,
  agentService,
  type BundleClient,
  bundleService,
  createClient,
  type EntryClient,
  entryService,
  type SVIDClient,
  svidService,
} from '@signet/api';
import { encodePem, parseCertificate, type TrustDomain } from '@signet/core';
import { createLogger, systemClock } from '@signet/daemon';
import { parseServerConfig, type RunningServer, type ServerConfig, startServer } from '@signet/server';
import { bytes, callUnary } from './grpc-call.ts';
import { type TestCsr, testCsr } from './test-csr.ts';

/** What a test wants to be different from the plain server. */
export interface TestServerOptions {
  /** default `example.org`. */
  readonly trustDomain?: string;
  /** Lines for the `server` block. */
  readonly server?: string;
  /** Stanzas for the `plugins` block. */
  readonly plugins?: string;
  /** Further blocks. */
  readonly blocks?: string;
}

/** An X.509-SVID with its key, as a client presents it. */
export interface TestIdentity {
  readonly chainPem: string;
  readonly keyPem: string;
  readonly serialNumber: string;
  readonly uri: string;
}

/** An agent that has attested. */
export interface TestAgent extends TestIdentity {
  readonly token: string;
}

/** A typed client of each service that tests call. */
export interface TestClients {
  readonly agent: AgentClient;
  readonly entry: EntryClient;
  readonly svid: SVIDClient;
  readonly bundle: BundleClient;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the generated client
  of<TypedClient extends Client>(service: ServiceDefinition): TypedClient;
  close(): void;
}

/** A whole server in this process: real sockets, a real datastore and a real authority. */
export class TestServer implements AsyncDisposable {
  readonly config: ServerConfig;
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Calls over the local socket. */
  readonly local: TestClients;
  readonly #running: RunningServer;
  readonly #folder: string;
  readonly #skew: { ms: number };
  readonly #clients: TestClients[] = [];

  private constructor(parts: {
    config: ServerConfig;
    running: RunningServer;
    folder: string;
    log: Record<string, unknown>[];
    skew: { ms: number };
  }) {
    this.config = parts.config;
    this.#running = parts.running;
    this.#folder = parts.folder;
    this.log = parts.log;
    this.#skew = parts.skew;
    this.local = this.#opened(`unix:${parts.running.socketPath}`, credentials.createInsecure());
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), 'signet-server-'));
    const config = { ...parseServerConfig(configText(folder, options)), bindPort: 0 };
    const log: Record<string, unknown>[] = [];
    const write = (line: string): void => void log.push(JSON.parse(line) as Record<string, unknown>);
    const skew = { ms: 0 };
    const clock = { nowMs: () => systemClock.nowMs() + skew.ms };
    const { logger } = createLogger({ level: 'debug', format: 'json', write });
    const running = await startServer(config, { logger, clock });
    return new TestServer({ config, running, folder, log, skew });
  }

  get trustDomain(): TrustDomain {
    return this.config.trustDomain;
  }

  get port(): number {
    return this.#running.port;
  }

  get socketPath(): string {
    return this.#running.socketPath;
  }

  /** Moves the server's clock forward from now on. */
  advance(ms: number): void {
    this.#skew.ms += ms;
  }

  /** Opens clients over TCP: without a certificate, or as somebody. */
  async connect(identity?: TestIdentity): Promise<TestClients> {
    const roots = await this.rootsPem();
    const key = identity === undefined ? null : Buffer.from(identity.keyPem);
    const chain = identity === undefined ? null : Buffer.from(identity.chainPem);
    const channel = credentials.createSsl(Buffer.from(roots), key, chain, {
      // SPIFFE: the URI SAN counts, not the host name.
      checkServerIdentity: (_host, certificate) =>
        certificate.subjectaltname === `URI:spiffe://${this.trustDomain.name}/spire/server`
          ? undefined
          : new Error('not the server'),
    });
    return this.#opened(`ipv4:127.0.0.1:${this.port}`, channel);
  }

  async rootsPem(): Promise<string> {
    const bundle = await callUnary(this.local.bundle, this.local.bundle.GetBundle, {});
    return bundle.x509_authorities.map(({ asn1 }) => encodePem('CERTIFICATE', asn1)).join('');
  }

  /** Mints an X.509-SVID for a workload. */
  async mint(path: string): Promise<TestIdentity> {
    const uri = `spiffe://${this.trustDomain.name}${path}`;
    const csr = testCsr({ uri });
    const { svid } = await callUnary(this.local.svid, this.local.svid.MintX509SVID, { csr: csr.der });
    return identityOf(uri, csr, svid?.cert_chain ?? []);
  }

  /** Attests an agent with a fresh join token. */
  async attestAgent(): Promise<TestAgent> {
    const { value: token } = await callUnary(this.local.agent, this.local.agent.CreateJoinToken, {
      ttl: 600,
    });
    const clients = await this.connect();
    try {
      const csr = testCsr();
      const { result } = await attest(clients.agent, token, csr);
      const uri = `spiffe://${this.trustDomain.name}/spire/agent/join_token/${token}`;
      return { ...identityOf(uri, csr, result?.svid?.cert_chain ?? []), token };
    } finally {
      clients.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const clients of this.#clients) clients.close();
    await this.#running.stop();
    await rm(this.#folder, { recursive: true });
  }

  #opened(address: string, channel: Parameters<typeof createClient>[2]): TestClients {
    const open: Client[] = [];
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as the interface
    const of = <TypedClient extends Client>(service: ServiceDefinition): TypedClient => {
      // A pool of its own for each set of clients: identities must not share a connection.
      const client = createClient<TypedClient>(service, address, channel, {
        'grpc.use_local_subchannel_pool': 1,
      });
      open.push(client);
      return client;
    };
    const clients = {
      agent: of<AgentClient>(agentService),
      entry: of<EntryClient>(entryService),
      svid: of<SVIDClient>(svidService),
      bundle: of<BundleClient>(bundleService),
      of,
      close: () => open.forEach((client) => client.close()),
    };
    this.#clients.push(clients);
    return clients;
  }
}

/** The identity that a certificate chain and the key of its CSR make. */
export function identityOf(uri: string, csr: TestCsr, chain: readonly Uint8Array[]): TestIdentity {
  const [leaf] = chain;
  if (leaf === undefined) throw new Error('the server gave no certificate');
  return {
    uri,
    chainPem: chain.map((der) => encodePem('CERTIFICATE', der)).join(''),
    keyPem: csr.keyPem,
    serialNumber: parseCertificate(leaf).serial.toString(),
  };
}

/** Runs AttestAgent with a join token to its end. */
export function attest(
  client: AgentClient,
  token: string,
  csr: TestCsr,
): Promise<{ result?: { svid: { cert_chain: Buffer[] } | null; reattestable: boolean } | null }> {
  return new Promise((resolve, reject) => {
    const stream = client.AttestAgent();
    stream.on('data', resolve);
    stream.on('error', reject);
    stream.on('end', () => reject(new Error('the stream ended without a result')));
    stream.write({
      params: { data: { type: 'join_token', payload: bytes(token) }, params: { csr: csr.der } },
    });
    stream.end();
  });
}

function configText(
  folder: string,
  { trustDomain = 'example.org', server = '', plugins = '', blocks = '' }: TestServerOptions,
): string {
  return `
    server {
      trust_domain = "${trustDomain}"
      data_dir = "${folder}/data"
      bind_address = "127.0.0.1"
      socket_path = "${folder}/socket/api.sock"
      ratelimit { attestation = false }
      ${server}
    }
    plugins {
      DataStore "sql" {
        plugin_data { database_type = "sqlite3", connection_string = "${folder}/data/datastore.sqlite3" }
      }
      KeyManager "memory" { plugin_data {} }
      ${plugins}
    }
    ${blocks}`;
}
