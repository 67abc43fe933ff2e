import { type CommandContext, defaultAgentSocketPath, flag } from '@signet/daemon';
import type { LoadOptions } from '../config/load-agent-config.ts';

const path = { placeholder: 'path' };

/** The flags of `run` and `validate`. An empty value leaves the file's; `false` and 0 cannot override. */
export const configFlags = {
  config: flag.text('Path to the configuration file', 'conf/agent/agent.conf', path),
  dataDir: flag.text('Directory for what the agent keeps between starts', '', path),
  joinToken: flag.text('A join token; every local user can see it here: -joinTokenFile is better', '', {
    placeholder: 'token',
  }),
  joinTokenFile: flag.text('File that holds a join token', '', path),
  logFile: flag.text('File that the log goes to', '', path),
  logFormat: flag.text('Form of log lines: text or json'),
  logLevel: flag.text('Least severe level that is logged'),
  logSourceLocation: flag.bool('Source file and line in log lines (not supported yet)'),
  serverAddress: flag.text('Host name or IP address of the server'),
  serverPort: flag.int('Port of the server'),
  socketPath: flag.text(`Unix socket of the Workload API (default ${defaultAgentSocketPath})`, '', path),
  trustDomain: flag.text('The trust domain that the agent belongs to'),
  trustBundle: flag.text(
    'File with the authorities that the server is known by at the first start',
    '',
    path,
  ),
  trustBundleUrl: flag.text('The same from an https URL'),
  trustBundleFormat: flag.text('Form of that bundle: pem or spiffe'),
  allowUnauthenticatedVerifiers: flag.bool('Give the own bundle to workloads without an identity'),
  insecureBootstrap: flag.bool("Believe the server's first answer; for experiments only"),
  rebootstrapMode: flag.text(
    'What to do when the server is no longer trusted: never (others are not supported yet)',
  ),
  rebootstrapDelay: flag.text('How long the server may be unknown before that (not supported yet)'),
  disableWorkloadAPI: flag.bool('No Workload API'),
  disableSDSAPI: flag.bool('No Envoy SDS API'),
  expandEnv: flag.bool('Expand $VAR and ${VAR} in the configuration file'),
};

/** What the command line says about the configuration. */
export function loadOptions({ flags, env }: CommandContext<typeof configFlags>): LoadOptions {
  return {
    path: flags.config,
    expandEnv: flags.expandEnv,
    env,
    overrides: {
      data_dir: flags.dataDir,
      join_token: flags.joinToken,
      join_token_file: flags.joinTokenFile,
      log_file: flags.logFile,
      log_format: flags.logFormat,
      log_level: flags.logLevel,
      server_address: flags.serverAddress,
      server_port: flags.serverPort,
      socket_path: flags.socketPath,
      trust_domain: flags.trustDomain,
      trust_bundle_path: flags.trustBundle,
      trust_bundle_url: flags.trustBundleUrl,
      trust_bundle_format: flags.trustBundleFormat,
      allow_unauthenticated_verifiers: flags.allowUnauthenticatedVerifiers,
      insecure_bootstrap: flags.insecureBootstrap,
      rebootstrap_mode: flags.rebootstrapMode,
      disable_workload_api: flags.disableWorkloadAPI,
      disable_sds_api: flags.disableSDSAPI,
    },
  };
}
