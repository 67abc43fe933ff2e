import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from '@signet/core';
import { systemReason } from '../process/system-reason.ts';
import type { ConfigOverride } from './config-override.ts';
import type { ReadConfigOptions } from './read-config.ts';

/** Largest configuration that is read, bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** What the command line says about the configuration. */
export interface ConfigSource {
  readonly path: string;
  readonly overrides: readonly ConfigOverride[];
  readonly expandEnv: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the configuration file and parses it.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` it cannot be read; otherwise what `parse` throws.
 */
export async function loadConfig<Config>(
  { path, overrides, expandEnv, env }: ConfigSource,
  parse: (text: string, options: ReadConfigOptions) => Config,
): Promise<Config> {
  const text = await readConfigFile(path);
  return parse(text, { source: path, overrides, ...(expandEnv && { env }) });
}

async function readConfigFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ConfigError('ERR_CONFIG_FILE', unreadable(path, cause), { cause });
  }
  if (bytes.length <= MAX_CONFIG_BYTES) return bytes.toString('utf8');
  throw new ConfigError(
    'ERR_CONFIG_FILE',
    `configuration file ${path} is larger than ${MAX_CONFIG_BYTES} bytes`,
  );
}

function unreadable(path: string, cause: unknown): string {
  const reason = `could not read configuration file ${resolve(path)}: ${systemReason(cause)}`;
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return isMissing ? `${reason}; name the file with -config` : reason;
}
