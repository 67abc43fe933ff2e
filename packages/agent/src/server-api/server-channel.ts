import { Channel, type ClientOptions, credentials } from '@grpc/grpc-js';
import {
  type AgentClient,
  type AgentFeedClient,
  agentFeedService,
  agentService,
  type AgentTaskClient,
  agentTaskService,
  type BundleClient,
  bundleService,
  createClient,
  type EntryClient,
  entryService,
  type SVIDClient,
  svidService,
} from '@signet/api';
import { CallsUnderWay } from './calls-under-way.ts';
import { ServerCredentials, type ServerTls } from './server-credentials.ts';

/** Where the server is. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** The server's services over one channel. */
export interface ServerChannel {
  readonly agent: AgentClient;
  readonly entry: EntryClient;
  readonly svid: SVIDClient;
  readonly bundle: BundleClient;
  readonly feed: AgentFeedClient;
  readonly task: AgentTaskClient;
  /** Takes no more calls; those under way go on to their end. */
  close(): void;
  /** Closes it, and gives up the calls under way: they end as CANCELLED. */
  cancel(): void;
}

const OPTIONS: ClientOptions = {
  // Certificate revocation lists can be long; grpc-js has one limit for all calls of a channel.
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  // No sharing of connections between channels: each has its own rules for whom to trust.
  'grpc.use_local_subchannel_pool': 1,
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  'grpc.service_config_disable_resolution': 1,
  'grpc.enable_retries': 0,
  'grpc.enable_channelz': 0,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.initial_reconnect_backoff_ms': 1_000,
};

/** A channel to the server that connects when it is first used. */
export function openServerChannel(address: ServerAddress, tls: Omit<ServerTls, 'host'>): ServerChannel {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const target = `dns:///${host}:${address.port}`;
  const channel = new Channel(target, new ServerCredentials({ ...tls, host: address.host }), OPTIONS);
  const calls = new CallsUnderWay();
  const shared = { channelOverride: channel, interceptors: [calls.interceptor] };
  // The channel has the credentials; a client that is given a channel does not look at its own.
  const unused = credentials.createInsecure();
  return {
    agent: createClient<AgentClient>(agentService, target, unused, shared),
    entry: createClient<EntryClient>(entryService, target, unused, shared),
    svid: createClient<SVIDClient>(svidService, target, unused, shared),
    bundle: createClient<BundleClient>(bundleService, target, unused, shared),
    feed: createClient<AgentFeedClient>(agentFeedService, target, unused, shared),
    task: createClient<AgentTaskClient>(agentTaskService, target, unused, shared),
    close: () => channel.close(),
    cancel: () => {
      channel.close();
      calls.cancel();
    },
  };
}
