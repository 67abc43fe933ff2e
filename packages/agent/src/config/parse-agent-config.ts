import { parseTrustDomain, SignetError, type TrustDomain } from '@signet/core';
import {
  configError,
  type ConfigProblem,
  expandEnv,
  type LogFormat,
  parseHcl,
  parseLogLevel,
  readSection,
} from '@signet/daemon';
import type { JoinTokenSource } from '@signet/plugins';
import type { BootstrapTrust, BundleFormat } from '../attestation/bootstrap-bundle.ts';
import type { WorkloadKeyType } from '../sync/certificate-request.ts';
import type { AgentConfig } from './agent-config.ts';
import { type AgentOverrides, withOverrides } from './agent-overrides.ts';
import { configFileSchema, type ConfigFileValues } from './config-file-schema.ts';
import { readPlugins } from './plugins.ts';

/** What {@link parseAgentConfig} may be told beside the text. */
export interface ParseOptions {
  /** Name of the file, for the text of errors. */
  readonly source?: string;
  readonly overrides?: AgentOverrides;
  /** Expands `$VAR` and `${VAR}` from this before parsing; absent: nothing is expanded. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type AgentValues = ConfigFileValues['agent'];
type Problems = ConfigProblem[];

/**
 * Reads an `agent.conf`.
 *
 * @returns a complete configuration: defaults filled in, plugin settings checked by their plugins.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX`; `ERR_CONFIG_INVALID` with all problems at once.
 */
export function parseAgentConfig(text: string, options: ParseOptions = {}): AgentConfig {
  const problems: Problems = [];
  const root = parseHcl(options.env === undefined ? text : expandEnv(text, options.env));
  const values = readSection(configFileSchema, root, '', problems);
  const agent = withOverrides(values.agent, options.overrides ?? {});
  const config = assemble({ ...values, agent }, problems);
  if (problems.length > 0 || config === undefined) throw configError(problems, options.source);
  return Object.freeze(config);
}

function assemble(values: ConfigFileValues, problems: Problems): AgentConfig | undefined {
  const { agent, telemetry, health_checks: health } = values;
  const trustDomain = readTrustDomain(agent.trust_domain, problems);
  const server = readServer(agent, problems);
  const trust = readTrust(agent, problems);
  const joinToken = readJoinToken(agent, problems);
  const plugins = readPlugins(values.plugins, problems);
  const log = readLog(agent, problems);
  if (trustDomain === undefined || trust === undefined || plugins === undefined) return undefined;
  return {
    trustDomain,
    server,
    dataDir: agent.data_dir,
    socketPath: agent.socket_path,
    trust,
    ...(joinToken !== undefined && { joinToken }),
    disableWorkloadApi: agent.disable_workload_api,
    allowUnauthenticatedVerifiers: agent.allow_unauthenticated_verifiers,
    allowedForeignJwtClaims: agent.allowed_foreign_jwt_claims,
    workloadKeyType: agent.workload_x509_svid_key_type as WorkloadKeyType,
    ...(agent.availability_target !== undefined && { availabilityTarget: agent.availability_target }),
    x509SvidCacheMaxSize: agent.x509_svid_cache_max_size,
    jwtSvidCacheMaxSize: agent.jwt_svid_cache_max_size,
    syncInterval: agent.experimental.sync_interval,
    log,
    ...(health.listener_enabled && {
      health: {
        host: health.bind_address,
        port: health.bind_port,
        livePath: health.live_path,
        readyPath: health.ready_path,
      },
    }),
    ...(telemetry.Prometheus && { prometheus: telemetry.Prometheus }),
    metricLabels: { trustDomain: telemetry.EnableTrustDomainLabel, host: telemetry.EnableHostnameLabel },
    plugins,
  };
}

function readTrustDomain(text: string | undefined, problems: Problems): TrustDomain | undefined {
  const path = 'agent.trust_domain';
  if (text === undefined || text === '') {
    problems.push({ path, message: 'is required' });
    return undefined;
  }
  try {
    return parseTrustDomain(text);
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    problems.push({ path, message: `is not a trust domain: ${error.message}` });
    return undefined;
  }
}

function readServer(agent: AgentValues, problems: Problems): AgentConfig['server'] {
  const { server_address: host = '', server_port: port = 0 } = agent;
  if (host === '') problems.push({ path: 'agent.server_address', message: 'is required' });
  if (port === 0) problems.push({ path: 'agent.server_port', message: 'is required' });
  return { host, port };
}

function readTrust(agent: AgentValues, problems: Problems): BootstrapTrust | undefined {
  const format = agent.trust_bundle_format as BundleFormat;
  const ways: readonly (BootstrapTrust | undefined)[] = [
    agent.trust_bundle_path === undefined
      ? undefined
      : { kind: 'file', path: agent.trust_bundle_path, format },
    agent.trust_bundle_url === undefined ? undefined : { kind: 'url', url: agent.trust_bundle_url, format },
    agent.insecure_bootstrap ? { kind: 'insecure' } : undefined,
  ];
  const given = ways.filter((way) => way !== undefined);
  if (given.length === 1) return given[0];
  problems.push({
    path: 'agent.trust_bundle_path',
    message: 'exactly one of trust_bundle_path, trust_bundle_url and insecure_bootstrap is required',
  });
  return undefined;
}

function readJoinToken(agent: AgentValues, problems: Problems): JoinTokenSource | undefined {
  const { join_token: token, join_token_file: file } = agent;
  if (token !== undefined && file !== undefined) {
    problems.push({
      path: 'agent.join_token',
      message: 'only one of join_token and join_token_file can be used',
    });
  }
  if (file !== undefined) return { file };
  return token === undefined ? undefined : { token };
}

function readLog(agent: AgentValues, problems: Problems): AgentConfig['log'] {
  const level = parseLogLevel(agent.log_level);
  if (level === undefined) problems.push({ path: 'agent.log_level', message: 'is not a log level' });
  const format = agent.log_format.toLowerCase();
  if (format !== 'text' && format !== 'json') {
    problems.push({ path: 'agent.log_format', message: 'must be one of text, json' });
  }
  const file = agent.log_file;
  return { level: level ?? 'info', format: format as LogFormat, ...(file !== undefined && { file }) };
}
