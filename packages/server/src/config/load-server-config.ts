import { readFile } from 'node:fs/promises';
import { ConfigError } from '@signet/core';
import { parseServerConfig, type ServerOverrides } from './parse-server-config.ts';
import { type ServerConfig } from './server-config.ts';

/** Largest configuration that is read, bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** What the command line says about the configuration. */
export interface LoadOptions {
  readonly path: string;
  readonly overrides: ServerOverrides;
  readonly expandEnv: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads and parses the configuration file.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` it cannot be read; otherwise as {@link parseServerConfig}.
 */
export async function loadServerConfig(options: LoadOptions): Promise<ServerConfig> {
  const { path, overrides, env } = options;
  const text = await readConfigFile(path);
  return parseServerConfig(text, { source: path, overrides, ...(options.expandEnv && { env }) });
}

async function readConfigFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ConfigError('ERR_CONFIG_FILE', `could not read configuration file ${path}`, { cause });
  }
  if (bytes.length <= MAX_CONFIG_BYTES) return bytes.toString('utf8');
  throw new ConfigError(
    'ERR_CONFIG_FILE',
    `configuration file ${path} is larger than ${MAX_CONFIG_BYTES} bytes`,
  );
}
