import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runProgram } from '@signet/daemon';
import { validateCommand } from './validate.ts';

const program = { name: 'signet-server', version: '0', summary: '', commands: [validateCommand] };
const good = `
  server { trust_domain = "example.org", data_dir = "/nowhere" }
  plugins {
    DataStore "sql" { plugin_data { database_type = "sqlite3", connection_string = "/nowhere/x" } }
    KeyManager "disk" { plugin_data { keys_path = "/nowhere/keys.json" } }
    NodeAttestor "join_token" {}
  }`;

describe('signet-server validate', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'signet-validate-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function validate(text: string, ...flags: string[]) {
    const path = join(folder, 'server.conf');
    writeFileSync(path, text);
    let stdout = '';
    let stderr = '';
    const code = await runProgram(program, ['validate', '-config', path, ...flags], {
      out: (chunk) => void (stdout += chunk),
      err: (chunk) => void (stderr += chunk),
      env: {},
    });
    return { code, stdout, stderr };
  }

  it('accepts a good file, and makes nothing of what it names', async () => {
    expect(await validate(good)).toEqual({
      code: 0,
      stdout: 'SPIRE server configuration file is valid.\n',
      stderr: '',
    });
  });

  it('says what is wrong, all of it', async () => {
    const { code, stdout, stderr } = await validate(
      good.replace('"memory"', '"x"').replace('data_dir', 'datadir'),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^SPIRE server configuration file is invalid\.\n/);
    expect(stderr).toContain('server.datadir');
    expect(stderr).toContain('data_dir');
  });

  it('lets plugins look at the files that their settings name', async () => {
    const attestor = 'NodeAttestor "x509pop" { plugin_data { ca_bundle_path = "/nowhere/ca.pem" } }';
    const { code, stderr } = await validate(good.replace('NodeAttestor "join_token" {}', attestor));
    expect(code).toBe(1);
    expect(stderr).toContain('x509pop');
  });

  it('lets flags beat the file', async () => {
    const { code, stderr } = await validate(good, '-trustDomain', 'NOT ONE');
    expect(code).toBe(1);
    expect(stderr).toContain('server.trust_domain');
  });

  it('says which file it could not read', async () => {
    const { code, stderr } = await validate(good, '-config', '/nowhere/server.conf');
    expect(code).toBe(1);
    expect(stderr).toContain('/nowhere/server.conf');
  });
});
