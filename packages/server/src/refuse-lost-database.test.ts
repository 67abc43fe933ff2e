import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '@signet/daemon';
import { freePort } from '../../../test/kit/free-port.ts';
import { parseServerConfig } from './config/parse-server-config.ts';
import { startServer } from './server.ts';

let folder: string;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signet-lost-'));
  port = await freePort();
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, 'data', name);

async function startAndStop(database: string): Promise<void> {
  const config = parseServerConfig(`
    server {
      trust_domain = "example.org"
      data_dir = "${folder}/data"
      bind_address = "127.0.0.1"
      bind_port = ${port}
      socket_path = "${folder}/socket/api.sock"
    }
    plugins {
      DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "${file(database)}" } }
      KeyManager "disk" { plugin_data { keys_path = "${file('keys.json')}" } }
    }`);
  const server = await startServer(config, { logger: silentLogger });
  await server.stop();
}

describe('refuseLostDatabase', () => {
  it('refuses to begin another database beside the keys of this one, and changes nothing', async () => {
    await startAndStop('datastore.sqlite3');
    const keys = readFileSync(file('keys.json'));
    await expect(startAndStop('datastroe.sqlite3')).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(/datastroe\.sqlite3.*keys\.json.*connection_string.*move .*keys\.json/),
    });
    expect(existsSync(file('datastroe.sqlite3'))).toBe(false);
    expect(readFileSync(file('keys.json'))).toEqual(keys);
    await startAndStop('datastore.sqlite3');
    expect(readFileSync(file('keys.json'))).toEqual(keys);
  }, 60_000);

  it('starts with a database that has no keys yet, as after a crash between the two, or when they were moved away', async () => {
    await startAndStop('datastore.sqlite3');
    renameSync(file('keys.json'), file('keys.old'));
    await startAndStop('datastore.sqlite3');
    renameSync(file('keys.json'), file('keys.older'));
    await expect(startAndStop('another.sqlite3')).resolves.toBeUndefined();
  }, 60_000);
});
