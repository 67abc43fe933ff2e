import { nearestName } from '@signet/core';
import { configError, configProblems, type ConfigProblem } from './config-problem.ts';
import type { PluginStanza } from './plugin-stanza.ts';

/** Which plugins a program knows of. */
export interface PluginCatalog {
  /** types of which it has some. */
  readonly types: readonly string[];
  /** types that SPIRE has and this program does not have yet. */
  readonly laterTypes: readonly string[];
  /** `Type name` of plugins that SPIRE has and this program does not have yet. */
  readonly laterNames: ReadonlySet<string>;
}

/** What a built-in plugin is planned with: its name, and its judgement of settings. */
export interface CheckedFactory {
  readonly name: string;
  check(data: PluginStanza['data']): readonly Pick<ConfigProblem, 'path' | 'message' | 'nearest'>[];
}

/** A built-in plugin and the settings that it is to be made with. */
export interface PlannedPlugin<Factory> {
  readonly factory: Factory;
  readonly data: PluginStanza['data'];
  /** where it is configured; absent for a plugin that is there without being configured. */
  readonly stanza?: Pick<PluginStanza, 'path' | 'position'>;
}

/** What a plugin is made by: `create(data, host)` of its factory. */
interface PluginMaker<Instance, Host> {
  create(data: PluginStanza['data'], host: Host): Promise<Instance>;
}

/**
 * Makes a plugin. What it says of its settings names their keys in full, as when they are read.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` with all problems; whatever else the plugin throws.
 */
export async function makePlugin<Instance, Host>(
  { factory, data, stanza }: PlannedPlugin<PluginMaker<Instance, Host>>,
  host: Host,
): Promise<Instance> {
  try {
    return await factory.create(data, host);
  } catch (error) {
    const problems = configProblems(error);
    if (stanza === undefined || problems.length === 0) throw error;
    throw configError(problems.map((problem) => inStanza(problem, stanza)));
  }
}

function inStanza(
  problem: Pick<ConfigProblem, 'path' | 'message' | 'nearest'>,
  { path, position }: Pick<PluginStanza, 'path' | 'position'>,
): ConfigProblem {
  return { ...problem, path: `${path}.plugin_data.${problem.path}`, position };
}

/** Reports a stanza whose type is unknown or not there yet, or that asks for what no plugin can do here yet. */
export function checkPluginStanza(
  stanza: PluginStanza,
  catalog: PluginCatalog,
  problems: ConfigProblem[],
): void {
  const { type, path, position } = stanza;
  const report = (message: string, nearest?: string): void => {
    problems.push({ path, message, position, ...(nearest !== undefined && { nearest }) });
  };
  if (catalog.laterTypes.includes(type)) report('this type of plugin is not supported yet');
  else if (!catalog.types.includes(type)) {
    report('unknown plugin type', nearestName(type, [...catalog.types, ...catalog.laterTypes]));
  }
  if (stanza.command !== undefined) report('external plugins (plugin_cmd) are not supported yet');
  if (stanza.dataFile !== undefined) report('plugin_data_file is not supported yet');
}

/** The built-in plugins that the stanzas of one type ask for; what their factories say of the settings is reported. */
export function planPlugins<Factory extends CheckedFactory>(
  stanzas: readonly PluginStanza[],
  type: string,
  factories: readonly Factory[],
  catalog: PluginCatalog,
  problems: ConfigProblem[],
): readonly PlannedPlugin<Factory>[] {
  return stanzas.flatMap((stanza) => {
    if (stanza.type !== type || stanza.command !== undefined) return [];
    const factory = factories.find((candidate) => candidate.name === stanza.name);
    if (factory === undefined) {
      const names = factories.map(({ name }) => name);
      problems.push(unknownPlugin(stanza, names, catalog));
      return [];
    }
    problems.push(...factory.check(stanza.data).map((problem) => inStanza(problem, stanza)));
    const { data, path, position } = stanza;
    return [{ factory, data, stanza: { path, position } }];
  });
}

/** Reports when there is not exactly one stanza of a type, or with `many` not at least one. */
export function requirePlugins(
  type: string,
  wanted: 'one' | 'many',
  stanzas: readonly PluginStanza[],
  problems: ConfigProblem[],
): void {
  const count = stanzas.filter((stanza) => stanza.type === type).length;
  if (count === 1 || (wanted === 'many' && count > 0)) return;
  const text = wanted === 'one' ? 'exactly one' : 'at least one';
  problems.push({ path: `plugins.${type}`, message: `${text} is required, found ${count}` });
}

function unknownPlugin(
  stanza: PluginStanza,
  known: readonly string[],
  catalog: PluginCatalog,
): ConfigProblem {
  const { type, name, path, position } = stanza;
  if (catalog.laterNames.has(`${type} ${name}`)) return { path, message: 'is not supported yet', position };
  const nearest = nearestName(name, known);
  return { path, message: `unknown ${type} plugin`, position, ...(nearest !== undefined && { nearest }) };
}
