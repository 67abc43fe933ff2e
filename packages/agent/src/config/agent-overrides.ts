import type { ConfigFileValues } from './config-file-schema.ts';

/** Values of the command line, by the keys that they replace. An empty text or a false replaces nothing. */
export type AgentOverrides = Partial<
  Pick<
    ConfigFileValues['agent'],
    | 'trust_domain'
    | 'server_address'
    | 'server_port'
    | 'data_dir'
    | 'socket_path'
    | 'trust_bundle_path'
    | 'trust_bundle_url'
    | 'trust_bundle_format'
    | 'insecure_bootstrap'
    | 'rebootstrap_mode'
    | 'join_token'
    | 'join_token_file'
    | 'disable_workload_api'
    | 'disable_sds_api'
    | 'allow_unauthenticated_verifiers'
    | 'log_file'
    | 'log_level'
    | 'log_format'
  >
>;

/** The values of the file with those of the command line in their place. @spec SPIRE CLI: `run`, a CLI `false` or 0 never wins */
export function withOverrides(
  agent: ConfigFileValues['agent'],
  overrides: AgentOverrides,
): ConfigFileValues['agent'] {
  const given = Object.entries(overrides).filter(
    ([, value]) => value !== '' && value !== 0 && value !== false,
  );
  return { ...agent, ...(Object.fromEntries(given) as AgentOverrides) };
}
