import { isIP } from 'node:net';
import { parseSpiffeId, type Seconds, SignetError, type TrustDomain } from '@signet/core';
import { type Field, field, type LogFormat, logKeys, type LogLevel } from '@signet/daemon';
import { defaults } from './defaults.ts';

const keyTypes = ['rsa-2048', 'rsa-4096', 'ec-p256', 'ec-p384'] as const;
const ledgerSyncs = ['batched', 'always'] as const;
const unsupported = (options: { readonly doc: string }): Field<undefined> => field.unsupported(options);

/** What the `server` block says; durations in seconds. */
export interface ServerBlock {
  readonly trust_domain: TrustDomain;
  readonly data_dir: string;
  readonly bind_address: string;
  readonly bind_port: number;
  readonly socket_path: string;
  readonly admin_ids: readonly string[];
  readonly agent_ttl: Seconds | undefined;
  readonly default_x509_svid_ttl: Seconds;
  readonly default_jwt_svid_ttl: Seconds;
  readonly ca_ttl: Seconds;
  readonly ca_key_type: string;
  readonly jwt_key_type: string | undefined;
  readonly ca_subject: CaSubjectBlock | undefined;
  readonly jwt_issuer: string | undefined;
  readonly disable_jwt_svids: boolean;
  readonly jwt_svid_jti: boolean;
  readonly status_list_uri: string | undefined;
  readonly ledger_sync: string;
  readonly ledger_retention: Seconds;
  readonly disable_ledger: boolean;
  readonly audit_log_enabled: boolean;
  readonly log_file: string | undefined;
  readonly log_level: LogLevel;
  readonly log_format: LogFormat;
  readonly log_source_location: boolean;
  readonly ratelimit: { readonly attestation: boolean; readonly signing: boolean };
  readonly prune_attested_nodes_expired_for: Seconds | undefined;
  readonly prune_attested_nodes_batch_size: number;
  readonly prune_tofu_nodes: boolean;
  readonly agent_feed_heartbeat: Seconds;
}

/** What the `ca_subject` block says. */
export interface CaSubjectBlock {
  readonly country: readonly string[];
  readonly organization: readonly string[];
  readonly common_name: string | undefined;
}

const serverSchema = {
  trust_domain: field.trustDomain({
    doc: 'The trust domain whose identities this server issues.',
    required: true,
  }),
  data_dir: field.text({ doc: 'Directory for what the server keeps between starts.', required: true }),
  bind_address: field.text({
    doc: 'IP address of the TCP endpoint.',
    check: ipProblem,
    default: defaults.bindAddress,
  }),
  bind_port: field.integer({
    doc: 'Port of the TCP endpoint.',
    min: 1,
    max: 65_535,
    default: defaults.bindPort,
  }),
  socket_path: field.text({ doc: 'Unix socket of the local endpoint.', default: defaults.socketPath }),
  admin_ids: field.textList({ doc: 'SPIFFE IDs that may call the management APIs.', check: spiffeIdProblem }),

  agent_ttl: field.duration({ doc: "Lifetime of agents' SVIDs; default_x509_svid_ttl when absent.", min: 1 }),
  default_x509_svid_ttl: field.duration({
    doc: 'Lifetime of X509-SVIDs when the entry does not say.',
    min: 1,
    default: defaults.x509SvidTtl,
  }),
  default_jwt_svid_ttl: field.duration({
    doc: 'Lifetime of JWT-SVIDs when the entry does not say.',
    min: 1,
    default: defaults.jwtSvidTtl,
  }),
  ca_ttl: field.duration({
    doc: 'Lifetime of the X.509 authority and of JWT keys.',
    min: 1,
    default: defaults.caTtl,
  }),
  ca_key_type: field.text({
    doc: 'Key of the X.509 authority.',
    choices: keyTypes,
    default: defaults.caKeyType,
  }),
  jwt_key_type: field.text({ doc: 'Key of the JWT authority; ca_key_type when absent.', choices: keyTypes }),
  ca_subject: field.section({
    doc: "The X.509 authority's subject.",
    fields: {
      country: field.textList({ doc: 'C' }),
      organization: field.textList({ doc: 'O' }),
      common_name: field.text({ doc: 'CN' }),
    },
  }),
  jwt_issuer: field.text({ doc: 'The iss claim of JWT-SVIDs; none when absent.' }),
  disable_jwt_svids: field.boolean({ doc: 'Issues no JWT-SVIDs.', default: false }),
  jwt_svid_jti: field.boolean({
    doc: 'Gives every JWT-SVID a jti, by which it can be revoked; otherwise only those of entries that ask for it.',
    default: true,
  }),

  status_list_uri: field.text({
    doc: "Where verifiers find the status lists of JWT-SVIDs, as the URL of status_listener's /status-lists; each JWT-SVID then names its place in one.",
    check: statusListUriProblem,
  }),

  ledger_sync: field.text({
    doc: 'What an SVID waits for before it is handed out: its record is written, and synced within 10 ms (batched), or synced (always).',
    choices: ledgerSyncs,
    default: defaults.ledgerSync,
  }),
  ledger_retention: field.duration({
    doc: 'How long the ledger keeps the record of an SVID after its expiry.',
    min: 0,
    default: defaults.ledgerRetention,
  }),
  disable_ledger: field.boolean({
    doc: 'Keeps no record of what is issued. Not recommended: without it nothing can be found, and little be revoked.',
    default: false,
  }),

  audit_log_enabled: field.boolean({ doc: 'Logs each call and each item of a batch.', default: false }),
  ...logKeys,
  ratelimit: field.sectionOrDefaults({
    doc: 'Rate limits per IP address.',
    fields: {
      attestation: field.boolean({ doc: 'One attestation a second.', default: true }),
      signing: field.boolean({ doc: '500 signatures a second.', default: true }),
    },
  }),
  prune_attested_nodes_expired_for: field.duration({
    doc: 'Forgets agents whose SVID expired this long ago.',
    min: 1,
  }),
  prune_attested_nodes_batch_size: field.integer({
    doc: 'Agents forgotten per run.',
    min: 1,
    max: 100_000,
    default: defaults.pruneBatchSize,
  }),
  prune_tofu_nodes: field.boolean({
    doc: 'Also forgets agents that cannot attest again by themselves.',
    default: false,
  }),

  agent_feed_heartbeat: field.duration({
    doc: 'How often agents and server let each other know that their feed lives.',
    min: 1,
    max: 60,
    default: defaults.agentFeedHeartbeat,
  }),

  max_attested_node_info_staleness: unsupported({
    doc: 'How old the agent rows that a check relies on may be.',
  }),
  proxy_protocol_trusted_cidrs: unsupported({ doc: 'Proxies whose PROXY header is believed.' }),
  profiling_enabled: unsupported({ doc: 'Profiling endpoint.' }),
  profiling_port: unsupported({ doc: 'Port of the profiling endpoint.' }),
  profiling_freq: unsupported({ doc: 'Seconds between profile dumps.' }),
  profiling_names: unsupported({ doc: 'Profiles to dump.' }),
  federation: unsupported({ doc: 'Bundle endpoint and federated trust domains.' }),
  experimental: field.section({
    doc: 'Options that may change.',
    fields: {
      cache_reload_interval: unsupported({
        doc: 'Entries are current at once here; there is nothing to reload.',
      }),
      full_cache_reload_interval: unsupported({ doc: 'As cache_reload_interval.' }),
      events_based_cache: unsupported({ doc: 'As cache_reload_interval.' }),
      prune_events_older_than: unsupported({ doc: 'Age at which events are forgotten.' }),
      event_timeout: unsupported({ doc: 'How long a missing event is waited for.' }),
      sql_transaction_timeout: unsupported({ doc: 'Former name of event_timeout.' }),
      agent_spiffe_id_as_selector: unsupported({ doc: "An agent's ID as one of its selectors." }),
      require_pq_kem: unsupported({ doc: 'Only post-quantum key agreement.' }),
      wit_issuer: unsupported({ doc: 'The iss claim of WIT-SVIDs.' }),
      wit_key_type: unsupported({ doc: 'Key of the WIT authority.' }),
      feature_flags: unsupported({ doc: 'Features under development.' }),
      auth_opa_policy_engine: unsupported({ doc: 'Authorization by Rego policy.' }),
      named_pipe_name: unsupported({ doc: 'Named pipe of the local endpoint on Windows.' }),
    },
  }),
};

/** The `server` block. */
export const serverBlock: Field<ServerBlock> = field.sectionOrDefaults({
  doc: 'The server itself.',
  fields: serverSchema,
});

/** An address by its name would be another one whenever the name is. @returns undefined for an IP address. */
export function ipProblem(text: string): string | undefined {
  return isIP(text) === 0 ? 'must be an IP address' : undefined;
}

function spiffeIdProblem(text: string): string | undefined {
  try {
    parseSpiffeId(text);
    return undefined;
  } catch (error) {
    if (error instanceof SignetError) return `is not a SPIFFE ID: ${error.message}`;
    throw error;
  }
}

function statusListUriProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL';
  const { protocol, search, hash, username } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must be an http or https URL';
  if (search !== '' || hash !== '' || username !== '') return 'must not have a query, fragment or user name';
  return text.endsWith('/') ? 'must not end with a slash' : undefined;
}
