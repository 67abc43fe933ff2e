import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkAddresses } from './check-addresses.ts';
import { listenFailure } from './listen-failure.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const servers: Server[] = [];

async function listening(at: { host: string; port: number } | { path: string }): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(at, resolve));
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string' ? 0 : address.port;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const keys = { hostKey: 'server.bind_address', portKey: 'server.bind_port' };

describe('a TCP address', () => {
  it('that is free is free afterwards too', async () => {
    const port = await listening({ host: '127.0.0.1', port: 0 });
    servers.pop()?.close();
    await checkAddresses([{ host: '127.0.0.1', port, ...keys }], []);
    expect(await listening({ host: '127.0.0.1', port })).toBe(port);
  });

  it('that is taken is refused with key and advice', async () => {
    const port = await listening({ host: '127.0.0.1', port: 0 });
    await expect(checkAddresses([{ host: '127.0.0.1', port, ...keys }], [])).rejects.toMatchObject({
      code: 'ERR_LISTEN_ADDRESS',
      message: `cannot listen on 127.0.0.1:${port}: address already in use; stop the program that listens there, or set another server.bind_port`,
    });
  });

  it('of another machine is refused', async () => {
    await expect(checkAddresses([{ host: '192.0.2.1', port: 8081, ...keys }], [])).rejects.toMatchObject({
      code: 'ERR_LISTEN_ADDRESS',
      message:
        'cannot listen on 192.0.2.1:8081: address not available; set server.bind_address to an address of this machine',
    });
  });

  it.each([
    [
      'EACCES',
      '127.0.0.1',
      'cannot listen on 127.0.0.1:80: permission denied; ports below 1024 are for root',
    ],
    ['ENOTFOUND', 'nowhere', 'cannot listen on nowhere:80: no such host; set server.bind_address'],
    ['EMFILE', '::1', 'cannot listen on [::1]:80: too many open files; see server.bind_address and'],
  ])('refused with %s has a text', (code, host, text) => {
    const cause = Object.assign(new Error('listen'), { code });
    expect(listenFailure(cause, { host, port: 80, ...keys }).message).toContain(text);
  });
});

describe('a Unix socket', () => {
  const socket = (path: string) => [{ path, key: 'agent.socket_path' }];

  it('that can be made is fine, and is not made', async () => {
    const path = join(temporaryFolder(), 'public', 'api.sock');
    await checkAddresses([], socket(path));
    await listening({ path: join(path, '..', '..', 'x.sock') });
  });

  it('that a program answers on is refused', async () => {
    const path = join(temporaryFolder(), 'api.sock');
    await listening({ path });
    await expect(checkAddresses([], socket(path))).rejects.toMatchObject({
      code: 'ERR_SOCKET_IN_USE',
      message: `another program listens on ${path}; stop it, or set another agent.socket_path`,
    });
  });

  it('in a place that others can write to is refused', async () => {
    const path = join(temporaryFolder(), 'open', 'api.sock');
    spawnSync('mkdir', ['-m', '0777', join(path, '..')]);
    await expect(checkAddresses([], socket(path))).rejects.toMatchObject({
      code: 'ERR_SOCKET_PATH_UNSAFE',
      message: expect.stringContaining('; set another agent.socket_path'),
    });
  });

  it.each([
    ['where a file is', (path: string) => writeFileSync(path, '')],
    ['where a folder is', (path: string) => mkdirSync(path)],
  ])('%s is refused', async (_name, make) => {
    const path = join(temporaryFolder(), 'api.sock');
    make(path);
    await expect(checkAddresses([], socket(path))).rejects.toMatchObject({ code: 'ERR_SOCKET_PATH_UNSAFE' });
  });

  it('in a folder of somebody else is refused before anything is made', () => {
    const script = `import(${JSON.stringify(join(import.meta.dirname, 'check-addresses.ts'))}).then(async ({ checkAddresses }) => {
      try { await checkAddresses([], [{ path: '/usr/share/signet/api.sock', key: 'agent.socket_path' }]); console.log('fine'); }
      catch (error) { console.log(error.code, error.message); } })`;
    const node = ['--conditions=@signet/source', '--no-warnings', '-e', script];
    const { stdout } = spawnSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, ...node],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe(
      'ERR_SOCKET_PATH_UNSAFE cannot make a socket in /usr/share: permission denied; set another agent.socket_path\n',
    );
  });
});
