import { type CommandContext, defaultServerSocketPath, type Flag, flag } from '@signet/daemon';
import { type LoadOptions } from '../config/load-server-config.ts';
import { type ServerOverrides } from '../config/parse-server-config.ts';

/** The flags of `run` and `validate`. An empty value leaves the file's; `0` and `false` cannot override. */
export interface ConfigFlags {
  readonly [name: string]: Flag<unknown>;
  readonly config: Flag<string>;
  readonly bindAddress: Flag<string>;
  readonly serverPort: Flag<number>;
  readonly dataDir: Flag<string>;
  readonly logFile: Flag<string>;
  readonly logFormat: Flag<string>;
  readonly logLevel: Flag<string>;
  readonly logSourceLocation: Flag<boolean>;
  readonly trustDomain: Flag<string>;
  readonly socketPath: Flag<string>;
  readonly expandEnv: Flag<boolean>;
}

/** The flags, with their defaults. */
export const configFlags: ConfigFlags = {
  config: flag.text('Path to the configuration file', 'conf/server/server.conf', { placeholder: 'path' }),
  bindAddress: flag.text('IP address of the TCP endpoint'),
  serverPort: flag.int('Port of the TCP endpoint'),
  dataDir: flag.text('Directory for what the server keeps between starts', '', { placeholder: 'path' }),
  logFile: flag.text('File that the log goes to', '', { placeholder: 'path' }),
  logFormat: flag.text('Form of log lines: text or json'),
  logLevel: flag.text('Least severe level that is logged'),
  logSourceLocation: flag.bool('Source file and line in log lines (not supported yet)'),
  trustDomain: flag.text('The trust domain whose identities this server issues'),
  socketPath: flag.text(`Unix socket of the local endpoint (default ${defaultServerSocketPath})`, '', {
    placeholder: 'path',
  }),
  expandEnv: flag.bool('Expand $VAR and ${VAR} in the configuration file'),
};

/** What the command line says about the configuration. */
export function loadOptions({ flags, env }: CommandContext<ConfigFlags>): LoadOptions {
  return { path: flags.config, expandEnv: flags.expandEnv, env, overrides: overridesOf(flags) };
}

function overridesOf(flags: CommandContext<ConfigFlags>['flags']): ServerOverrides {
  return {
    ...(flags.bindAddress !== '' && { bindAddress: flags.bindAddress }),
    ...(flags.serverPort !== 0 && { bindPort: flags.serverPort }),
    ...(flags.dataDir !== '' && { dataDir: flags.dataDir }),
    ...(flags.logFile !== '' && { logFile: flags.logFile }),
    ...(flags.logFormat !== '' && { logFormat: flags.logFormat }),
    ...(flags.logLevel !== '' && { logLevel: flags.logLevel }),
    ...(flags.trustDomain !== '' && { trustDomain: flags.trustDomain }),
    ...(flags.socketPath !== '' && { socketPath: flags.socketPath }),
  };
}
