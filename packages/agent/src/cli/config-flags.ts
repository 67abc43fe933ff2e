import {
  commonConfigFlags,
  configSourceOf,
  type CommandContext,
  defaultAgentSocketPath,
  flag,
  loadConfig,
} from '@signet/daemon';
import type { AgentConfig } from '../config/agent-config.ts';
import { parseAgentConfig } from '../config/parse-agent-config.ts';

/** The flags of `run` and `validate`. */
export const configFlags = {
  ...commonConfigFlags({
    configPath: 'conf/agent/agent.conf',
    trustDomain: 'Trust domain that the agent belongs to',
    socketPath: `Unix socket of the Workload API (${defaultAgentSocketPath} when set nowhere)`,
  }),
  serverAddress: flag.text('Host name or IP address of the server', '', { configKey: 'server_address' }),
  serverPort: flag.int('TCP port of the server', 0, { configKey: 'server_port' }),
  joinToken: flag.text(
    'Join token for the first start ("signet-server token generate"). Every local user can see it here: prefer -joinTokenFile',
    '',
    { placeholder: 'token', configKey: 'join_token' },
  ),
  joinTokenFile: flag.text('File that holds a join token for the first start', '', {
    placeholder: 'path',
    configKey: 'join_token_file',
  }),
  trustBundle: flag.text(
    'File with the authorities that the server is verified by at the first start ("signet-server bundle show")',
    '',
    { placeholder: 'path', configKey: 'trust_bundle_path' },
  ),
  trustBundleUrl: flag.text(
    'https URL from which those authorities are fetched, instead of -trustBundle',
    '',
    {
      placeholder: 'url',
      configKey: 'trust_bundle_url',
    },
  ),
  trustBundleFormat: flag.text(
    'Form of what -trustBundle or -trustBundleUrl names (pem when set nowhere)',
    '',
    {
      choices: ['pem', 'spiffe'],
      configKey: 'trust_bundle_format',
    },
  ),
  insecureBootstrap: flag.bool(
    'Believe any server at the first start, instead of -trustBundle; for experiments only',
    false,
    { configKey: 'insecure_bootstrap' },
  ),
  rebootstrapMode: flag.text(
    'Whether the agent starts over when it cannot verify the server any more: never (auto and always are not supported yet)',
    '',
    { placeholder: 'mode', configKey: 'rebootstrap_mode' },
  ),
  rebootstrapDelay: flag.text(
    'How long that has to last before the agent starts over (not supported yet)',
    '',
    { placeholder: 'duration', configKey: 'rebootstrap_delay' },
  ),
  allowUnauthenticatedVerifiers: flag.bool(
    "Give the trust domain's bundle also to workloads that have no identity",
    false,
    { configKey: 'allow_unauthenticated_verifiers' },
  ),
  disableWorkloadAPI: flag.bool('Do not serve the Workload API', false, {
    configKey: 'disable_workload_api',
  }),
  disableSDSAPI: flag.bool("Do not serve Envoy's SDS API (which is not there yet)", false, {
    configKey: 'disable_sds_api',
  }),
};

/** The configuration that the command line asks for. @throws {ConfigError} */
export function agentConfigOf(context: CommandContext<typeof configFlags>): Promise<AgentConfig> {
  return loadConfig(configSourceOf(context, configFlags), parseAgentConfig);
}
