import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '@signet/core';
import { writeFileAtomic } from '@signet/daemon';

const FILE_NAME = 'server-id';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The identity of this server among those that share a datastore: it names the server's CA journal.
 *
 * Made at the first start and kept in the data directory.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` the file is damaged: a new identity would give up the authorities.
 */
export async function loadServerId(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE_NAME);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigError('ERR_CONFIG_FILE', `could not read ${path}`, { cause: error });
  });
  if (text === undefined) return createServerId(path);
  const id = text.trim();
  if (!UUID.test(id)) throw new ConfigError('ERR_CONFIG_FILE', `${path} does not hold a server ID`);
  return id;
}

async function createServerId(path: string): Promise<string> {
  const id = randomUUID();
  await writeFileAtomic(path, `${id}\n`);
  return id;
}
