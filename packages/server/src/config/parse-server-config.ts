import {
  ConfigError,
  parseSpiffeId,
  parseTrustDomain,
  SignetError,
  type KeyType,
  type TrustDomain,
} from '@signet/core';
import {
  configError,
  type ConfigProblem,
  expandEnv,
  type LogFormat,
  parseHcl,
  parseLogLevel,
  readSection,
} from '@signet/daemon';
import { type CaSubject } from '../ca/authority-settings.ts';
import { configFileSchema, type ConfigFileValues } from './config-file-schema.ts';
import { readPlugins } from './plugins.ts';
import { type ServerConfig } from './server-config.ts';

/** Values of the command line; one that is not empty beats the file. */
export interface ServerOverrides {
  readonly bindAddress?: string;
  readonly bindPort?: number;
  readonly dataDir?: string;
  readonly logFile?: string;
  readonly logFormat?: string;
  readonly logLevel?: string;
  readonly socketPath?: string;
  readonly trustDomain?: string;
}

/** What {@link parseServerConfig} may be told beside the text. */
export interface ParseOptions {
  /** Name of the file, for the text of errors. */
  readonly source?: string;
  readonly overrides?: ServerOverrides;
  /** Expands `$VAR` and `${VAR}` from this before parsing; absent: nothing is expanded. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads a `server.conf`.
 *
 * @returns a complete configuration: defaults filled in, plugin settings checked by their plugins.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX`; `ERR_CONFIG_INVALID` with all problems at once.
 */
export function parseServerConfig(text: string, options: ParseOptions = {}): ServerConfig {
  const problems: ConfigProblem[] = [];
  const root = parseHcl(options.env === undefined ? text : expandEnv(text, options.env));
  const values = readSection(configFileSchema, root, '', problems);
  const config = assemble(values, options.overrides ?? {}, problems);
  if (problems.length > 0 || config === undefined) throw configError(problems, options.source);
  return Object.freeze(config);
}

type ServerValues = ConfigFileValues['server'];

function assemble(
  values: ConfigFileValues,
  overrides: ServerOverrides,
  problems: ConfigProblem[],
): ServerConfig | undefined {
  const { server, telemetry, health_checks: health } = values;
  const trustDomain = readTrustDomain(overrides.trustDomain ?? server.trust_domain, problems);
  const dataDir = required('server.data_dir', overrides.dataDir ?? server.data_dir, problems);
  const plugins = readPlugins(values.plugins, problems);
  const log = logSettings(server, overrides, problems);
  const caSubject = readCaSubject(server.ca_subject, problems);
  if (trustDomain === undefined || plugins === undefined) return undefined;
  return {
    trustDomain,
    dataDir,
    bindAddress: overrides.bindAddress ?? server.bind_address,
    bindPort: overrides.bindPort ?? server.bind_port,
    socketPath: overrides.socketPath ?? server.socket_path,
    adminIds: new Set(server.admin_ids),
    adminTrustDomains: foreignDomains(server.admin_ids, trustDomain),
    lifetimes: {
      agentTtl: server.agent_ttl ?? 0,
      x509SvidTtl: server.default_x509_svid_ttl,
      jwtSvidTtl: server.default_jwt_svid_ttl,
      caTtl: server.ca_ttl,
    },
    caKeyType: server.ca_key_type as KeyType,
    jwtKeyType: (server.jwt_key_type ?? server.ca_key_type) as KeyType,
    ...(caSubject && { caSubject }),
    ...(server.jwt_issuer !== undefined && { jwtIssuer: server.jwt_issuer }),
    disableJwtSvids: server.disable_jwt_svids,
    auditLogEnabled: server.audit_log_enabled,
    log,
    rateLimits: server.ratelimit,
    ...(server.prune_attested_nodes_expired_for !== undefined && {
      agentPruning: {
        expiredFor: server.prune_attested_nodes_expired_for,
        batchSize: server.prune_attested_nodes_batch_size,
        includeNonReattestable: server.prune_tofu_nodes,
      },
    }),
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

function required(path: string, value: string | undefined, problems: ConfigProblem[]): string {
  if (value === undefined || value === '') problems.push({ path, message: 'is required' });
  return value ?? '';
}

function readTrustDomain(text: string | undefined, problems: ConfigProblem[]): TrustDomain | undefined {
  const path = 'server.trust_domain';
  if (required(path, text, problems) === '') return undefined;
  try {
    return parseTrustDomain(text ?? '');
  } catch (error) {
    if (!(error instanceof SignetError)) throw error;
    problems.push({ path, message: `is not a trust domain: ${error.message}` });
    return undefined;
  }
}

// IDs that do not parse have been reported by the schema.
function foreignDomains(ids: readonly string[], own: TrustDomain): readonly TrustDomain[] {
  const domains = new Map<string, TrustDomain>();
  for (const id of ids) {
    try {
      const { trustDomain } = parseSpiffeId(id);
      if (!trustDomain.equals(own)) domains.set(trustDomain.name, trustDomain);
    } catch (error) {
      if (!(error instanceof SignetError)) throw error;
    }
  }
  return [...domains.values()];
}

function logSettings(
  server: ServerValues,
  overrides: ServerOverrides,
  problems: ConfigProblem[],
): ServerConfig['log'] {
  const level = parseLogLevel(overrides.logLevel ?? server.log_level);
  if (level === undefined) problems.push({ path: 'server.log_level', message: 'is not a log level' });
  const format = (overrides.logFormat ?? server.log_format).toLowerCase();
  if (format !== 'text' && format !== 'json') {
    problems.push({ path: 'server.log_format', message: 'must be one of text, json' });
  }
  const file = overrides.logFile ?? server.log_file;
  return { level: level ?? 'info', format: format as LogFormat, ...(file !== undefined && { file }) };
}

function readCaSubject(
  subject: ServerValues['ca_subject'],
  problems: ConfigProblem[],
): CaSubject | undefined {
  if (subject === undefined) return undefined;
  const [country, ...moreCountries] = subject.country;
  const [organization, ...moreOrganizations] = subject.organization;
  for (const [name, more] of [
    ['country', moreCountries],
    ['organization', moreOrganizations],
  ] as const) {
    if (more.length > 0) {
      problems.push({
        path: `server.ca_subject.${name}`,
        message: 'more than one value is not supported yet',
      });
    }
  }
  return {
    ...(country !== undefined && { country }),
    ...(organization !== undefined && { organization }),
    ...(subject.common_name !== undefined && { commonName: subject.common_name }),
  };
}

/** The problems behind a refused configuration. */
export function configProblems(error: unknown): readonly ConfigProblem[] {
  if (!(error instanceof ConfigError)) return [];
  const details = error.details as { readonly problems?: readonly ConfigProblem[] } | undefined;
  return details?.problems ?? [];
}
