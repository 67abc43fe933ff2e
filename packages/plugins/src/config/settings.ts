import { nearestName } from '@signet/core';
import type { ConfigProblem, ConfigValue, PluginConfig } from '../kinds/plugin.ts';
import { SettingError, type Setting } from './setting.ts';

/** Every key of a `plugin_data` block and how it is read. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values that the settings give. */
export type SettingValues<S extends Settings> = {
  readonly [Key in keyof S]: S[Key] extends Setting<infer Value> ? Value : never;
};

/** Values of the keys that could be read, and everything that is wrong with the block. */
export interface SettingsReading<S extends Settings> {
  readonly values: Partial<SettingValues<S>>;
  readonly problems: readonly ConfigProblem[];
}

/** Reads a block: names match whatever their case, unknown and repeated ones are problems. */
export function readSettings<S extends Settings>(settings: S, config: PluginConfig): SettingsReading<S> {
  const known = Object.keys(settings);
  const { given, problems } = givenValues(known, config);
  const values: Partial<Record<string, unknown>> = {};
  for (const [key, setting] of Object.entries(settings)) {
    try {
      values[key] = setting.parse(given.get(key));
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      problems.push({ path: key, message: error.message });
    }
  }
  return { values: values as Partial<SettingValues<S>>, problems };
}

function givenValues(
  known: readonly string[],
  config: PluginConfig,
): { given: Map<string, ConfigValue>; problems: ConfigProblem[] } {
  const given = new Map<string, ConfigValue>();
  const problems: ConfigProblem[] = [];
  for (const [path, value] of Object.entries(config)) {
    const key = path.toLowerCase();
    if (!known.includes(key)) problems.push(unknownKey(path, known));
    else if (given.has(key)) problems.push({ path, message: 'is given twice' });
    else given.set(key, value);
  }
  return { given, problems };
}

function unknownKey(path: string, known: readonly string[]): ConfigProblem {
  const nearest = nearestName(path, known);
  return { path, message: 'is not a known key', ...(nearest === undefined ? {} : { nearest }) };
}
