import { ConfigError } from '@signet/core';
import type { ConfigProblem, PluginFactory, PluginHost, PluginKind } from '../kinds/plugin.ts';
import { readSettings, type Settings, type SettingValues } from './settings.ts';

/** What a method says about itself; {@link definePlugin} makes the factory from it. */
export interface PluginDefinition<
  Kind extends PluginKind,
  Instance,
  Host extends PluginHost,
  S extends Settings,
> {
  readonly kind: Kind;
  readonly name: string;
  readonly settings: S;
  /** What several keys must hold together; a key that could not be read is absent. */
  readonly rules?: (values: Partial<SettingValues<S>>) => readonly ConfigProblem[];
  readonly create: (values: SettingValues<S>, host: Host) => Promise<Instance>;
}

/** The factory of a method: checks the whole block, then creates. */
export function definePlugin<Kind extends PluginKind, Instance, Host extends PluginHost, S extends Settings>(
  definition: PluginDefinition<Kind, Instance, Host, S>,
): PluginFactory<Kind, Instance, Host> {
  const { kind, name, settings, rules } = definition;
  const read: PluginReader<S> = (config) => {
    const { values, problems } = readSettings(settings, config);
    return { values, problems: [...problems, ...(rules?.(values) ?? [])] };
  };
  return {
    kind,
    name,
    keys: Object.keys(settings),
    check: (config) => read(config).problems,
    create: async (config, host) => {
      const { values, problems } = read(config);
      if (problems.length > 0) throw configError(kind, name, problems);
      return await definition.create(values as SettingValues<S>, host);
    },
  };
}

type PluginReader<S extends Settings> = (
  config: Parameters<typeof readSettings>[1],
) => ReturnType<typeof readSettings<S>>;

/** The refusal of a `plugin_data` block: every problem in its message, and as ConfigProblems in its details. */
export function configError(
  kind: PluginKind,
  name: string,
  problems: readonly ConfigProblem[],
  cause?: unknown,
): ConfigError {
  const list = problems.map(({ path, message, nearest }) =>
    nearest === undefined ? `${path} ${message}` : `${path} ${message} (did you mean ${nearest}?)`,
  );
  return new ConfigError('ERR_CONFIG_INVALID', `${kind} "${name}": ${list.join('; ')}`, {
    details: { problems },
    ...(cause === undefined ? {} : { cause }),
  });
}
