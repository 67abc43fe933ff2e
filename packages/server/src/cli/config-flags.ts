import {
  commonConfigFlags,
  type CommonConfigFlags,
  configSourceOf,
  type CommandContext,
  defaultServerSocketPath,
  type Flag,
  flag,
  loadConfig,
} from '@signet/daemon';
import { parseServerConfig } from '../config/parse-server-config.ts';
import { type ServerConfig } from '../config/server-config.ts';

/** The flags of `run` and `validate`. */
export interface ConfigFlags extends CommonConfigFlags {
  readonly [name: string]: Flag<unknown>;
  readonly bindAddress: Flag<string>;
  readonly serverPort: Flag<number>;
}

/** The flags, with their defaults. */
export const configFlags: ConfigFlags = {
  ...commonConfigFlags({
    configPath: 'conf/server/server.conf',
    trustDomain: 'Trust domain whose identities this server issues',
    socketPath: `Unix socket of the API for commands on this machine (${defaultServerSocketPath} when set nowhere)`,
  }),
  bindAddress: flag.text('IP address that agents connect to', '', { configKey: 'bind_address' }),
  serverPort: flag.int('TCP port that agents connect to', 0, { configKey: 'bind_port' }),
};

/** The configuration that the command line asks for. @throws {ConfigError} */
export function serverConfigOf(context: CommandContext<ConfigFlags>): Promise<ServerConfig> {
  return loadConfig(configSourceOf(context, configFlags), parseServerConfig);
}
