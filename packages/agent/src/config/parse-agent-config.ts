import {
  type ConfigProblem,
  type ConfigShape,
  logSettings,
  monitoringSettings,
  readConfig,
  type ReadConfigOptions,
} from '@signet/daemon';
import type { FailClosedScope } from '@signet/core';
import type { JoinTokenSource } from '@signet/plugins';
import type { BootstrapTrust, BundleFormat } from '../attestation/bootstrap-bundle.ts';
import type { WorkloadKeyType } from '../sync/certificate-request.ts';
import type { AgentConfig } from './agent-config.ts';
import { configFileSchema, type ConfigFileValues } from './config-file-schema.ts';
import { defaults } from './defaults.ts';
import { readPlugins } from './plugins.ts';

type AgentValues = ConfigFileValues['agent'];
type Problems = ConfigProblem[];

const shape: ConfigShape<typeof configFileSchema, AgentConfig> = {
  block: 'agent',
  schema: configFileSchema,
  assemble,
};

/**
 * Reads an `agent.conf`.
 *
 * @returns a complete configuration: defaults filled in, plugin settings checked by their plugins.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX`; `ERR_CONFIG_INVALID` with all problems at once.
 */
export function parseAgentConfig(text: string, options: ReadConfigOptions = {}): AgentConfig {
  return readConfig(text, shape, options);
}

function assemble(values: ConfigFileValues, problems: Problems): AgentConfig | undefined {
  const { agent } = values;
  const trust = readTrust(agent, problems);
  const joinToken = readJoinToken(agent, problems);
  const plugins = readPlugins(values.plugins, problems);
  if (trust === undefined || plugins === undefined) return undefined;
  return {
    trustDomain: agent.trust_domain,
    server: { host: agent.server_address, port: agent.server_port },
    dataDir: agent.data_dir,
    socketPath: agent.socket_path,
    trust,
    ...(joinToken !== undefined && { joinToken }),
    disableWorkloadApi: agent.disable_workload_api,
    allowUnauthenticatedVerifiers: agent.allow_unauthenticated_verifiers,
    allowedForeignJwtClaims: agent.allowed_foreign_jwt_claims,
    workloadKeyType: agent.workload_x509_svid_key_type as WorkloadKeyType,
    ...(agent.availability_target !== undefined && { availabilityTarget: agent.availability_target }),
    failClosed: {
      scope: agent.fail_closed_scope as FailClosedScope,
      ...(agent.fail_closed_after !== undefined && { afterMs: agent.fail_closed_after * 1000 }),
    },
    x509SvidCacheMaxSize: agent.x509_svid_cache_max_size,
    jwtSvidCacheMaxSize: agent.jwt_svid_cache_max_size,
    syncInterval: agent.experimental.sync_interval ?? defaults.syncInterval,
    pushedSyncInterval: agent.experimental.sync_interval ?? defaults.pushedSyncInterval,
    log: logSettings(agent),
    ...monitoringSettings(values),
    plugins,
  };
}

function readTrust(agent: AgentValues, problems: Problems): BootstrapTrust | undefined {
  const format = agent.trust_bundle_format as BundleFormat;
  const { trust_bundle_path: path, trust_bundle_url: url } = agent;
  const ways: readonly (readonly [string, BootstrapTrust | undefined])[] = [
    ['trust_bundle_path', path === undefined ? undefined : { kind: 'file', path, format }],
    ['trust_bundle_url', url === undefined ? undefined : { kind: 'url', url, format }],
    ['insecure_bootstrap', agent.insecure_bootstrap ? { kind: 'insecure' } : undefined],
  ];
  const [first, ...more] = ways.filter(([, way]) => way !== undefined);
  if (first !== undefined && more.length === 0) return first[1];
  problems.push(first === undefined ? noTrust : tooMuchTrust([first, ...more].map(([key]) => key)));
  return undefined;
}

const noTrust: ConfigProblem = {
  path: 'agent.trust_bundle_path',
  message:
    'the agent cannot tell the server from an impostor: set trust_bundle_path (a file with what "signet-server ' +
    'bundle show" prints), trust_bundle_url or, for experiments, insecure_bootstrap',
};

function tooMuchTrust(keys: readonly string[]): ConfigProblem {
  const insecure = keys.includes('insecure_bootstrap')
    ? '; insecure_bootstrap believes whoever answers, whatever the other says'
    : '';
  return {
    path: `agent.${keys[0] ?? ''}`,
    message: `only one of ${keys.join(', ')} may be set${insecure}`,
  };
}

function readJoinToken(agent: AgentValues, problems: Problems): JoinTokenSource | undefined {
  const { join_token: token, join_token_file: file } = agent;
  if (token !== undefined && file !== undefined) {
    problems.push({
      path: 'agent.join_token',
      message: 'only one of join_token, join_token_file may be set',
    });
  }
  if (file !== undefined) return { file };
  return token === undefined ? undefined : { token };
}
