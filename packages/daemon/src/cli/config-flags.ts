import type { ConfigOverride } from '../config/config-override.ts';
import type { ConfigSource } from '../config/load-config.ts';
import { logLevels } from '../log/log-level.ts';
import type { CommandContext } from './command.ts';
import { flag, type Flag, type FlagTable } from './flag.ts';

/** The flags that `run` and `validate` of both programs have. */
export interface CommonConfigFlags {
  readonly config: Flag<string>;
  readonly expandEnv: Flag<boolean>;
  readonly dataDir: Flag<string>;
  readonly logFile: Flag<string>;
  readonly logFormat: Flag<string>;
  readonly logLevel: Flag<string>;
  readonly logSourceLocation: Flag<boolean>;
  readonly trustDomain: Flag<string>;
  readonly socketPath: Flag<string>;
}

/** What differs between the programs. */
export interface ConfigFlagTexts {
  /** where the configuration is looked for. */
  readonly configPath: string;
  readonly trustDomain: string;
  readonly socketPath: string;
}

const path = { placeholder: 'path' };

/** The common flags. Each replaces the key that it names. */
export function commonConfigFlags(texts: ConfigFlagTexts): CommonConfigFlags {
  return {
    config: flag.text('Path to the configuration file', texts.configPath, path),
    expandEnv: flag.bool('Replace $VAR and ${VAR} in the configuration file by environment variables'),
    dataDir: flag.text('Directory for what has to outlive a restart', '', {
      ...path,
      configKey: 'data_dir',
    }),
    logFile: flag.text('File that the log goes to instead of standard output', '', {
      ...path,
      configKey: 'log_file',
    }),
    logFormat: flag.text('Form of log lines', '', { choices: ['text', 'json'], configKey: 'log_format' }),
    logLevel: flag.text('Least severe level that is logged', '', {
      choices: logLevels,
      configKey: 'log_level',
    }),
    logSourceLocation: flag.bool('Add source file, line and function to each log line (slower)', false, {
      configKey: 'log_source_location',
    }),
    trustDomain: flag.text(texts.trustDomain, '', { configKey: 'trust_domain' }),
    socketPath: flag.text(texts.socketPath, '', { ...path, configKey: 'socket_path' }),
  };
}

/**
 * What the command line says about the configuration.
 *
 * A value that is empty, 0 or false replaces nothing. @spec SPIRE CLI: `run`, a CLI `false` or 0 never wins
 */
export function configSourceOf(
  { flags, env }: Pick<CommandContext<CommonConfigFlags & FlagTable>, 'flags' | 'env'>,
  table: FlagTable,
): ConfigSource {
  return { path: flags.config, expandEnv: flags.expandEnv, env, overrides: overridesOf(table, flags) };
}

function overridesOf(table: FlagTable, values: Readonly<Record<string, unknown>>): readonly ConfigOverride[] {
  return Object.entries(table).flatMap(([name, { configKey }]) => {
    const value = values[name];
    const isGiven = value !== '' && value !== 0 && value !== false;
    if (configKey === undefined || !isGiven) return [];
    return [{ flag: name, key: configKey, value: value as string | number | boolean }];
  });
}
