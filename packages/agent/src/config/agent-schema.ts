import { field, logKeys } from '@signet/daemon';
import { defaults } from './defaults.ts';

const DAY = 24 * 3600;

/** The keys of the `agent` block. */
export const agentSchema = {
  trust_domain: field.trustDomain({ doc: 'The trust domain that the agent belongs to.', required: true }),
  server_address: field.text({ doc: 'Host name or IP address of the server.', required: true }),
  server_port: field.integer({ doc: 'Port of the server.', min: 1, max: 65_535, required: true }),
  data_dir: field.text({
    doc: 'Directory for what the agent keeps between starts.',
    default: defaults.dataDir,
  }),
  socket_path: field.text({ doc: 'Unix socket of the Workload API.', default: defaults.socketPath }),

  trust_bundle_path: field.text({
    doc: 'File with the authorities that the server is known by at the first start.',
  }),
  trust_bundle_url: field.text({ doc: 'The same from a URL; https only.', check: httpsProblem }),
  trust_bundle_format: field.text({
    doc: 'Form of that bundle.',
    choices: ['pem', 'spiffe'],
    default: defaults.trustBundleFormat,
  }),
  insecure_bootstrap: field.boolean({
    doc: "Believes the server's first answer. For experiments only.",
    default: false,
  }),
  rebootstrap_mode: field.text({
    doc: 'What to do when the server is no longer trusted.',
    default: defaults.rebootstrapMode,
    check: (value) => (value === defaults.rebootstrapMode ? undefined : 'only "never" is supported yet'),
  }),
  join_token: field.text({
    doc: 'A join token. It is seen by all who can read this file: join_token_file is better.',
  }),
  join_token_file: field.text({ doc: 'File that holds a join token.' }),

  disable_workload_api: field.boolean({ doc: 'No Workload API.', default: false }),
  disable_sds_api: field.boolean({ doc: 'No Envoy SDS API, which does not exist yet.', default: false }),
  allow_unauthenticated_verifiers: field.boolean({
    doc: "Gives the trust domain's own bundle to workloads without an identity.",
    default: false,
  }),
  allowed_foreign_jwt_claims: field.textList({
    doc: 'Claims passed on of JWT-SVIDs of other trust domains.',
  }),
  workload_x509_svid_key_type: field.text({
    doc: "Kind of workloads' keys.",
    choices: ['ec-p256', 'ec-p384', 'rsa-2048'],
    default: defaults.workloadKeyType,
  }),
  availability_target: field.duration({
    doc: 'Life that is always left of X509-SVIDs when they live long enough.',
    min: DAY,
  }),
  fail_closed_after: field.duration({
    doc: 'How long the agent may be without news of revocations before it refuses what fail_closed_scope says; when absent three heartbeats of the server.',
    min: 1,
  }),
  fail_closed_scope: field.text({
    doc: 'JWT-SVIDs that ValidateJWTSVID refuses while it may have missed revocations: none, those of tasks, or all.',
    choices: ['none', 'task', 'all'],
    default: defaults.failClosedScope,
  }),
  x509_svid_cache_max_size: field.integer({
    doc: 'X509-SVIDs kept ready that no workload is watching.',
    min: 0,
    max: 1_000_000,
    default: defaults.x509SvidCacheMaxSize,
  }),
  jwt_svid_cache_max_size: field.integer({
    doc: 'JWT-SVIDs kept.',
    min: 1,
    max: 1_000_000,
    default: defaults.jwtSvidCacheMaxSize,
  }),

  ...logKeys,

  admin_socket_path: field.unsupported({ doc: 'Unix socket of the admin APIs.' }),
  trust_bundle_unix_socket: field.unsupported({
    doc: 'Unix socket through which trust_bundle_url is fetched.',
  }),
  trust_bundle_spiffe_workload_api: field.unsupported({
    doc: 'Another Workload API that the first bundle comes from.',
  }),
  rebootstrap_delay: field.unsupported({
    doc: 'How long a server may be unknown before the agent bootstraps again.',
  }),
  authorized_delegates: field.unsupported({ doc: 'Workloads that may use the Delegated Identity API.' }),
  sds: field.unsupported({ doc: 'Envoy SDS API.' }),
  log_selectors: field.unsupported({ doc: 'Selectors that may be logged; none are.' }),
  profiling_enabled: field.unsupported({ doc: 'Profiling endpoint.' }),
  profiling_port: field.unsupported({ doc: 'Port of the profiling endpoint.' }),
  profiling_freq: field.unsupported({ doc: 'Seconds between profile dumps.' }),
  profiling_names: field.unsupported({ doc: 'Profiles to dump.' }),
  experimental: field.sectionOrDefaults({
    doc: 'Options that may change.',
    fields: {
      sync_interval: field.duration({
        doc: 'Time between synchronizations; when absent 5s, and 1m while the server tells of changes by itself.',
        min: 1,
      }),
      use_sync_authorized_entries: field.boolean({ doc: 'Always done where the server can.', default: true }),
      jwt_svid_cache_hit_timeout: field.unsupported({
        doc: 'How long a cached JWT-SVID is held back for a fresh one.',
      }),
      require_pq_kem: field.unsupported({ doc: 'Only post-quantum key agreement.' }),
      named_pipe_name: field.unsupported({ doc: 'Windows only.' }),
      ratelimit: field.unsupported({ doc: 'Rate limits of the Workload API.' }),
      broker: field.unsupported({ doc: 'SPIFFE Broker API.' }),
      feature_flags: field.unsupported({ doc: 'Unfinished features.' }),
    },
  }),
};

function httpsProblem(value: string): string | undefined {
  return value.startsWith('https://') && URL.canParse(value) ? undefined : 'must be an https URL';
}
