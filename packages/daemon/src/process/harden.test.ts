import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { hostileOptions } from './node-options.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const program = join(import.meta.dirname, 'testdata/hardened.ts');
const children: ChildProcess[] = [];

class Child {
  readonly process: ChildProcess;
  readonly directory: string = temporaryFolder();
  readonly log: string = join(this.directory, 'log');
  readonly #lines: AsyncIterator<string>;
  readonly #interface: Interface;

  constructor(
    behaviour = '',
    options: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] } = {},
  ) {
    const args = [
      '--conditions=@signet/source',
      '--no-warnings',
      ...(options.args ?? []),
      program,
      this.log,
      behaviour,
    ];
    const env = { PATH: process.env['PATH'], ...options.env };
    this.process = spawn(process.execPath, args, {
      cwd: this.directory,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(this.process);
    this.#interface = createInterface({ input: this.process.stdout! });
    this.#lines = this.#interface[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error('the program ended');
    return next.value;
  }

  ask(command: string): Promise<string> {
    this.process.stdin?.write(`${command}\n`);
    return this.line();
  }

  async ended(): Promise<readonly unknown[]> {
    if (this.process.exitCode !== null || this.process.signalCode !== null)
      return [this.process.exitCode, this.process.signalCode];
    return once(this.process, 'exit');
  }
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function asNobody(command: string): string {
  const { stdout, stderr } = spawnSync(
    'setpriv',
    ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-c', command],
    { encoding: 'utf8' },
  );
  return stdout + stderr;
}

describe('a hardened process', () => {
  it('opens no inspector on SIGUSR1 (T34)', async () => {
    const child = new Child();
    await child.line();
    child.process.kill('SIGUSR1');
    expect(await child.ask('inspector')).toBe('inspector closed');
    expect(await child.ask('inspector')).toBe('inspector closed');
  });

  it('the control, which is not hardened, opens one', async () => {
    const script = `setInterval(() => { const url = require('node:inspector').url(); if (url) { console.log(url); process.exit(); } }, 10); console.log('up')`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    child.kill('SIGUSR1');
    expect(String((await lines.next()).value)).toMatch(/^ws:/);
  });

  it('closes memory and environment to its own user, makes no core, and shows a constant title (T34, T35)', async () => {
    const child = new Child();
    const report = JSON.parse(await child.line()) as { notes: Record<string, unknown> };
    expect(report.notes).toMatchObject({ dumpable: false, inspector_by_signal: 'blocked' });
    // The files of an undumpable process belong to root, whoever runs it.
    expect(statSync(`/proc/${child.pid}/mem`).uid).toBe(0);
    expect(readFileSync(`/proc/${child.pid}/limits`, 'utf8')).toMatch(/Max core file size +0 +0/);
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toMatch(/^signet-test/);
  });

  it('is closed to another process of the same user', async () => {
    const script = `import(${JSON.stringify(join(import.meta.dirname, '../platform/libc.ts'))}).then((libc) => {
      const name = process.argv[1];
      if (name === 'hardened') libc.makeUndumpable();
      console.log('up'); setInterval(() => {}, 1e6); })`;
    const outcome = async (name: string): Promise<string> => {
      const args = [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        process.execPath,
        '--conditions=@signet/source',
        '--no-warnings',
        '-e',
        script,
        name,
      ];
      const child = spawn('setpriv', args, {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { SECRET: 'hunter2' },
      });
      children.push(child);
      await once(child.stdout, 'data');
      return asNobody(`cat /proc/${child.pid ?? 0}/environ`);
    };
    expect(await outcome('plain')).toContain('hunter2');
    expect(await outcome('hardened')).toContain('Permission denied');
  });

  it('leaves no core file when it aborts', async () => {
    const child = new Child();
    await child.line();
    child.process.stdin?.write('abort\n');
    expect(await child.ended()).toEqual([null, 'SIGABRT']);
    expect(readdirSync(child.directory)).toEqual(['log']);
  });

  it('raises the umask, and has nothing to say about it', () => {
    const command = 'umask 000; exec "$0" --conditions=@signet/source --no-warnings "$1" /dev/null fails';
    const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' };
    const { stdout } = spawnSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8', env });
    expect(JSON.parse(stdout.split('\n', 1)[0] ?? '')).toEqual({
      warnings: [],
      notes: expect.objectContaining({ umask: '0027' }),
    });
  });

  it('says which variable is dangerous, and how', async () => {
    const child = new Child('', { env: { NODE_PATH: '/opt/modules' } });
    expect(JSON.parse(await child.line())).toMatchObject({
      warnings: [
        'Environment variable NODE_PATH is set: other modules may be loaded into this process; unset it',
      ],
    });
  });

  it.each([
    ['NODE_OPTIONS with --require', { env: { NODE_OPTIONS: '--require /dev/null' } }],
    [
      'NODE_OPTIONS with --import',
      { env: { NODE_OPTIONS: '--max-old-space-size=512 --import=data:text/javascript,1' } },
    ],
    ['NODE_OPTIONS with an inspector', { env: { NODE_OPTIONS: '--inspect=127.0.0.1:0' } }],
    ['an inspector', { args: ['--inspect=127.0.0.1:0'] }],
    ['a heap snapshot signal', { args: ['--heapsnapshot-signal=SIGUSR2'] }],
    ['a report directory', { args: ['--report-on-signal'] }],
  ])('refuses to start with %s (T36)', async (_name, options) => {
    const child = new Child('', options);
    let errors = '';
    child.process.stderr?.on('data', (data) => (errors += String(data)));
    const [code] = await child.ended();
    expect(code).toBe(1);
    expect(errors).toContain('ERR_PROCESS_NODE_OPTIONS');
  });

  it('starts with harmless options', async () => {
    const child = new Child('', {
      env: { NODE_OPTIONS: '--max-old-space-size=512' },
      args: ['--disable-sigusr1'],
    });
    expect(await child.line()).toContain('"inspector_by_signal":"disabled"');
  });

  it('opens its log again on SIGUSR2', async () => {
    const child = new Child();
    await child.line();
    await child.ask('log');
    renameSync(child.log, `${child.log}.1`);
    child.process.kill('SIGUSR2');
    while (!readdirSync(child.directory).includes('log')) await child.ask('inspector');
    await child.ask('log');
    expect(readFileSync(child.log, 'utf8')).toContain('msg=Asked');
  });
});

describe('a program ends', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('gracefully with 0 on %s', async (signal) => {
    const child = new Child();
    await child.line();
    child.process.kill(signal);
    expect(await child.line()).toBe('drained');
    expect(await child.ended()).toEqual([0, null]);
    expect(readFileSync(child.log, 'utf8')).toContain('msg="Server stopped gracefully"');
  });

  it.each(['throw', 'reject'])('after draining with 1 on an uncaught error (N04): %s', async (command) => {
    const child = new Child();
    await child.line();
    expect(await child.ask(command)).toBe('drained');
    expect(await child.ended()).toEqual([1, null]);
    const log = readFileSync(child.log, 'utf8');
    expect(log).toContain('level=fatal msg="Uncaught error" error="nobody caught this"');
    expect(log).not.toContain('.ts');
  });

  it('by force when it does not drain in time', async () => {
    const child = new Child('hangs');
    await child.line();
    child.process.kill('SIGTERM');
    expect(await child.ended()).toEqual([0, null]);
    expect(readFileSync(child.log, 'utf8')).toContain('Stopping takes too long');
  });

  it.each([
    ['cannot-start', 'msg="Could not start" error="no start"'],
    ['fails', 'msg=Failed error="lost the store"'],
  ])('with 1 when it %s', async (behaviour, text) => {
    const child = new Child(behaviour);
    expect(await child.ended()).toEqual([1, null]);
    expect(readFileSync(child.log, 'utf8')).toContain(text);
  });
});

describe('hostileOptions', () => {
  it.each([
    [['--max-old-space-size=1', '--conditions=x', '--no-warnings'], []],
    [['--conditions', 'x'], []],
    [['-r', 'x'], ['-r']],
    [['--max_old_space_size=1', '--inspect_brk'], ['--inspect-brk']],
    [
      ['--env-file=.env', '--experimental-loader=x'],
      ['--env-file', '--experimental-loader'],
    ],
    [[''], []],
  ])('%j', (options, hostile) => {
    expect(hostileOptions(options)).toEqual(hostile);
  });
});
