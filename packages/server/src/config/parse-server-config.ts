import { type KeyType, parseSpiffeId, SignetError, type TrustDomain } from '@signet/core';
import {
  type ConfigProblem,
  type ConfigShape,
  logSettings,
  monitoringSettings,
  readConfig,
  type ReadConfigOptions,
} from '@signet/daemon';
import { type CaSubject } from '../ca/authority-settings.ts';
import { type LedgerSync } from '../ledger/journal.ts';
import { configFileSchema, type ConfigFileValues } from './config-file-schema.ts';
import { readPlugins } from './plugins.ts';
import { type ServerConfig } from './server-config.ts';

const shape: ConfigShape<typeof configFileSchema, ServerConfig> = {
  block: 'server',
  schema: configFileSchema,
  assemble,
};

/**
 * Reads a `server.conf`.
 *
 * @returns a complete configuration: defaults filled in, plugin settings checked by their plugins.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX`; `ERR_CONFIG_INVALID` with all problems at once.
 */
export function parseServerConfig(text: string, options: ReadConfigOptions = {}): ServerConfig {
  return readConfig(text, shape, options);
}

type ServerValues = ConfigFileValues['server'];

function assemble(values: ConfigFileValues, problems: ConfigProblem[]): ServerConfig | undefined {
  const { server, status_listener: status } = values;
  if (server.status_list_uri !== undefined && !server.jwt_svid_jti) {
    problems.push({
      path: 'server.status_list_uri',
      message: 'needs jwt_svid_jti, by which tokens are told apart',
    });
  }
  const plugins = readPlugins(values.plugins, problems);
  const caSubject = readCaSubject(server.ca_subject, problems);
  if (plugins === undefined) return undefined;
  return {
    trustDomain: server.trust_domain,
    dataDir: server.data_dir,
    bindAddress: server.bind_address,
    bindPort: server.bind_port,
    socketPath: server.socket_path,
    adminIds: new Set(server.admin_ids),
    adminTrustDomains: foreignDomains(server.admin_ids, server.trust_domain),
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
    jwtSvidJti: server.jwt_svid_jti,
    ...(!server.disable_ledger && {
      ledger: { sync: server.ledger_sync as LedgerSync, retention: server.ledger_retention },
    }),
    auditLogEnabled: server.audit_log_enabled,
    log: logSettings(server),
    rateLimits: server.ratelimit,
    ...(server.prune_attested_nodes_expired_for !== undefined && {
      agentPruning: {
        expiredFor: server.prune_attested_nodes_expired_for,
        batchSize: server.prune_attested_nodes_batch_size,
        includeNonReattestable: server.prune_tofu_nodes,
      },
    }),
    agentFeedHeartbeat: server.agent_feed_heartbeat,
    ...(server.status_list_uri !== undefined && { statusListUri: server.status_list_uri }),
    ...(status !== undefined && { statusListener: { host: status.bind_address, port: status.bind_port } }),
    ...monitoringSettings(values),
    plugins,
  };
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
