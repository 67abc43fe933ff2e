import { Channel, type ChannelCredentials, credentials } from '@grpc/grpc-js';
import {
  type AgentClient,
  agentService,
  type AgentTaskClient,
  agentTaskService,
  type BundleClient,
  bundleService,
  createClient,
  type EntryClient,
  entryService,
  type LedgerClient,
  ledgerService,
  type OperatorTaskClient,
  type SVIDClient,
  svidService,
  taskService,
} from '@signet/api';
import { encodePem } from '@signet/core';
import { callUnary } from './grpc-call.ts';

/** Whom a client takes for the server, and who it is itself. */
export interface TlsOptions {
  readonly port: number;
  readonly rootsPem: string;
  readonly trustDomain: string;
  /** Without one no client certificate is shown. */
  readonly identity?: { readonly chainPem: string; readonly keyPem: string };
}

/** A typed client of each service that tests call, on one connection. */
export class ServerApi implements Disposable {
  readonly agent: AgentClient;
  readonly bundle: BundleClient;
  readonly entry: EntryClient;
  readonly ledger: LedgerClient;
  readonly svid: SVIDClient;
  readonly agentTask: AgentTaskClient;
  readonly task: OperatorTaskClient;
  readonly #channel: Channel;

  private constructor(address: string, channel: ChannelCredentials) {
    // A pool of its own: what one test does to its connection does not reach another.
    const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_reconnect_backoff_ms': 1000 };
    this.#channel = new Channel(address, channel, options);
    // The channel has the credentials; a client that is given a channel does not look at its own.
    const unused = credentials.createInsecure();
    const shared = { channelOverride: this.#channel };
    this.agent = createClient(agentService, address, unused, shared);
    this.bundle = createClient(bundleService, address, unused, shared);
    this.entry = createClient(entryService, address, unused, shared);
    this.ledger = createClient(ledgerService, address, unused, shared);
    this.svid = createClient(svidService, address, unused, shared);
    this.agentTask = createClient(agentTaskService, address, unused, shared);
    this.task = createClient(taskService, address, unused, shared);
  }

  /** Over the server's local socket. */
  static local(socketPath: string): ServerApi {
    return new ServerApi(`unix:${socketPath}`, credentials.createInsecure());
  }

  /** Over TCP, from a server that shows the server's SPIFFE ID. */
  static tls({ port, rootsPem, trustDomain, identity }: TlsOptions): ServerApi {
    const key = identity === undefined ? null : Buffer.from(identity.keyPem);
    const chain = identity === undefined ? null : Buffer.from(identity.chainPem);
    const channel = credentials.createSsl(Buffer.from(rootsPem), key, chain, {
      checkServerIdentity: (_host, { subjectaltname }) =>
        subjectaltname === `URI:spiffe://${trustDomain}/spire/server`
          ? undefined
          : new Error('not the server'),
    });
    return new ServerApi(`ipv4:127.0.0.1:${port}`, channel);
  }

  /** The trust domain's X.509 authorities. */
  async rootsPem(): Promise<string> {
    const { x509_authorities: authorities } = await callUnary(this.bundle, this.bundle.GetBundle, {});
    return authorities.map(({ asn1 }) => encodePem('CERTIFICATE', asn1)).join('');
  }

  [Symbol.dispose](): void {
    this.#channel.close();
  }
}
