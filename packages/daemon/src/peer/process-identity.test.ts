import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, chmodSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { descriptorOf } from '../listen/socket-handle.ts';
import { deferred } from '../process/deferred.ts';
import { PidFd } from './pid-fd.ts';
import { readPeerCredentials, type PeerCredentials } from './peer-credentials.ts';
import {
  compareProcesses,
  parseProcessStat,
  processChange,
  readProcessIdentity,
} from './process-identity.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const children: ChildProcess[] = [];
const servers: Server[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});

function start(command: string, ...args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

/** Accepts one connection from a child that runs as the user, and gives what the kernel says of it. */
async function peerOf(
  uid: number,
  gid: number,
): Promise<{ credentials: PeerCredentials; child: ChildProcess; socket: Socket }> {
  const path = join(temporaryFolder(), 's');
  chmodSync(join(path, '..'), 0o755);
  const found = deferred<{ credentials: PeerCredentials; socket: Socket }>();
  const server = createServer((socket) => {
    found.resolve({ credentials: readPeerCredentials(descriptorOf(socket)), socket });
  });
  servers.push(server);
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o777);
  const script = `const s = require('node:net').connect(${JSON.stringify(path)}); process.stdin.resume()`;
  const args = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', process.execPath, '-e', script];
  const child = start('setpriv', ...args);
  return { ...(await found.promise), child };
}

describe('peer credentials', () => {
  it('are those of the process that connected', async () => {
    const { credentials, child, socket } = await peerOf(12345, 23456);
    expect(credentials).toMatchObject({ pid: child.pid, uid: 12345, gid: 23456 });
    expect(credentials.pidfd.isAlive()).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(credentials.pidfd.isAlive()).toBe(false);
    credentials.pidfd.close();
    socket.destroy();
  });

  it('of a large uid are not negative', async () => {
    const { credentials, socket } = await peerOf(4_000_000_000, 4_000_000_001);
    expect([credentials.uid, credentials.gid]).toEqual([4_000_000_000, 4_000_000_001]);
    credentials.pidfd.close();
    socket.destroy();
  });

  it.each([
    ['a closed socket', -1],
    ['a file', 0],
  ])('of %s are refused', (_name, fd) => {
    expect(() => readPeerCredentials(fd)).toThrow(expect.objectContaining({ code: 'ERR_PEER_CREDENTIALS' }));
  });
});

describe('a pidfd', () => {
  it('is closed once', () => {
    const before = openFiles();
    const pidfd = PidFd.open(process.pid);
    expect(openFiles()).toBe(before + 1);
    pidfd.close();
    pidfd.close();
    expect([openFiles(), pidfd.fd, pidfd.isAlive()]).toEqual([before, -1, false]);
  });

  it('knows a zombie for dead', async () => {
    const child = start('sh', '-c', 'sleep 0 & echo $!; exec sleep 1000');
    const [data] = (await once(child.stdout!, 'data')) as [Buffer];
    const pid = Number(String(data).trim());
    const stateOf = (): string => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';
    while (stateOf() !== 'Z') await new Promise((resolve) => setImmediate(resolve));
    const pidfd = PidFd.open(pid);
    expect(pidfd.isAlive()).toBe(false);
    pidfd.close();
  });

  it('of no process is an error', () => {
    expect(() => PidFd.open(2 ** 22 + 1)).toThrow(
      expect.objectContaining({ code: 'ERR_PROCESS_SYSTEM_CALL' }),
    );
  });
});

describe('process identity', () => {
  /** A shell that runs what it is told by exec. */
  async function shell(): Promise<ChildProcess> {
    const child = start('sh', '-c', 'echo up; read -r command; exec $command');
    await once(child.stdout!, 'data');
    return child;
  }

  async function afterExec(child: ChildProcess, command: string): Promise<void> {
    child.stdin?.write(`${command}\n`);
    const shown = (): string =>
      readFileSync(`/proc/${child.pid ?? 0}/cmdline`, 'latin1')
        .replaceAll('\0', ' ')
        .trim();
    while (shown() !== command) await new Promise((resolve) => setImmediate(resolve));
  }

  it('of a process that goes on is the same', async () => {
    const child = await shell();
    const pidfd = PidFd.open(child.pid ?? 0);
    expect(processChange(readProcessIdentity(child.pid ?? 0), pidfd)).toBeUndefined();
    pidfd.close();
  });

  it.each([
    ['another program', 'sleep 1000'],
    ['the same program', 'sh'],
  ])('tells an exec of %s', async (_name, command) => {
    const child = await shell();
    const pidfd = PidFd.open(child.pid ?? 0);
    const before = readProcessIdentity(child.pid ?? 0);
    await afterExec(child, command);
    expect(processChange(before, pidfd)).toBe('the process runs another program now');
    pidfd.close();
  });

  it('tells the end', async () => {
    const child = await shell();
    const pidfd = PidFd.open(child.pid ?? 0);
    const before = readProcessIdentity(child.pid ?? 0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processChange(before, pidfd)).toMatch(/gone|ended/);
    pidfd.close();
  });

  it('tells that the file was rewritten in place', async () => {
    const program = join(temporaryFolder(), 'sleep');
    copyFileSync('/bin/sleep', program);
    const child = start(program, '1000');
    await once(child, 'spawn');
    const pidfd = PidFd.open(child.pid ?? 0);
    while (readFileSync(`/proc/${child.pid ?? 0}/cmdline`, 'latin1').split('\0')[0] !== program)
      await new Promise((resolve) => setImmediate(resolve));
    const before = readProcessIdentity(child.pid ?? 0);
    renameSync(program, `${program}.moved`);
    expect(processChange(before, pidfd)).toBe('the process runs another program now');
    pidfd.close();
  });

  it('tells a pid that was reused', () => {
    const identity = readProcessIdentity(process.pid);
    expect(compareProcesses(identity, { ...identity, startTime: identity.startTime + 1n })).toBe(
      'the process id was reused',
    );
  });

  it('of no process is an error', () => {
    expect(() => readProcessIdentity(2 ** 22 + 1)).toThrow(
      expect.objectContaining({ code: 'ERR_PEER_CREDENTIALS' }),
    );
  });
});

describe('parseProcessStat', () => {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3)).join(' ');
  it.each([
    ['a plain name', `1 (sh) ${fields}\n`],
    ['a name with spaces', `1 (a b c) ${fields}\n`],
    ['a name that imitates fields (T24)', `1 (x) S 1 2) 3 ) ${fields}\n`],
  ])('reads %s', (_name, text) => {
    expect(parseProcessStat(text)).toEqual({ startTime: 22n, stackStart: 28n });
  });

  it.each([
    ['nothing', ''],
    ['too few fields', '1 (sh) S 1 2 3'],
    ['no number', `1 (sh) ${fields.replace(' 22 ', ' x ')}`],
  ])('refuses %s', (_name, text) => {
    expect(() => parseProcessStat(text)).toThrow(expect.objectContaining({ code: 'ERR_PEER_CREDENTIALS' }));
  });
});
