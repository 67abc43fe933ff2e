import type { Clock, TrustDomain } from '@signet/core';

/** The plugin kinds that have built-ins today, named as in the `plugins` block of the configuration. */
export type PluginKind = 'KeyManager' | 'NodeAttestor' | 'WorkloadAttestor';

/** One value of a `plugin_data` block, as the HCL or JSON parser gives it. */
export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** The keys of one `plugin_data` block; empty when the stanza has none. */
export type PluginConfig = Readonly<Record<string, ConfigValue>>;

/** One thing wrong with a `plugin_data` block. */
export interface ConfigProblem {
  /** the key inside the block, `ca_bundle_paths[2]` for an element. */
  readonly path: string;
  /** one sentence without the offending value. */
  readonly message: string;
  /** the known key that an unknown one resembles most. */
  readonly nearest?: string;
}

/** What `details` holds in the ConfigError of a refused `plugin_data` block. */
export interface ConfigProblems {
  readonly problems: readonly ConfigProblem[];
}

/** The fields of one log line. Never a selector value, a token or key material. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** The log as a plugin sees it; the host has already bound the plugin's kind and name. */
export interface PluginLogger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** What every plugin is given. A plugin takes the time, the log and its place on disk from here, and nothing from the environment. */
export interface PluginHost {
  readonly clock: Clock;
  readonly logger: PluginLogger;
  readonly trustDomain: TrustDomain;
  /** absolute path of the program's data directory. */
  readonly dataDir: string;
}

/**
 * A built-in method: checks its own `plugin_data` and makes an instance of it.
 *
 * Adding a method is a folder with its factory and one line in `server.ts` or `agent.ts`.
 */
export interface PluginFactory<Kind extends PluginKind, Instance, Host extends PluginHost = PluginHost> {
  readonly kind: Kind;
  readonly name: string;
  /** every key that `plugin_data` may hold. */
  readonly keys: readonly string[];
  /** All problems of the block, without touching files; empty when it is fine. */
  check(config: PluginConfig): readonly ConfigProblem[];
  /**
   * Makes a ready instance: files that it needs have been read and found sound.
   *
   * @throws {ConfigError} `ERR_CONFIG_INVALID` with ConfigProblems in `details`, all problems at once.
   */
  create(config: PluginConfig, host: Host): Promise<Instance>;
}
