import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Outcome, runCommand } from '../kit/program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = `
  import { X509Source } from '@signet/client';
  import { packageDefinition } from '@signet/api';
  import { parseSpiffeId } from '@signet/core';
  const isService = Object.hasOwn(packageDefinition, 'SpiffeWorkloadAPI');
  console.log(typeof X509Source.open, isService, parseSpiffeId('spiffe://example.org/a').path);
`;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('packages as they are published, installed outside the repository', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signet-packed-'));
    await mustRun('pnpm', ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder]);
    for (const name of await readdir(join(ROOT, 'packages'))) await install(folder, name);
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const runNode = (args: readonly string[]): Promise<Outcome> =>
    runCommand([process.execPath], args, { cwd: folder });

  it.each(['server', 'agent'])('signet-%s starts', async (name) => {
    const program = join(folder, `node_modules/@signet/${name}/bin/signet-${name}.js`);
    const { stdout, stderr } = await runNode([program, '--help']);
    expect(stdout + stderr).toContain(`Usage: signet-${name} <command>`);
  });

  it('a program has the client, the definitions and the rules', async () => {
    const { stdout, stderr } = await runNode(['--input-type=module', '--eval', PROGRAM]);
    expect(stderr).toBe('');
    expect(stdout).toBe('function true /a\n');
  });

  it('no package carries tests, maps or what the compiler remembers', async () => {
    const files = await readdir(join(folder, 'node_modules/@signet'), { recursive: true });
    const own = files.filter((file) => !file.includes('node_modules'));
    expect(own.length).toBeGreaterThan(1000);
    expect(own.filter((file) => /\.map$|\.tsbuildinfo$|\.test\.|testdata|\/src\//.test(file))).toEqual([]);
  });
});

/** Installs a package as npm would, with those dependencies only that it names; they come from the workspace, not from afar. */
async function install(folder: string, name: string): Promise<void> {
  const target = join(folder, 'node_modules/@signet', name);
  await mkdir(target, { recursive: true });
  const { version } = JSON.parse(await readFile(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const tarball = join(folder, `signet-${name}-${version}.tgz`);
  await mustRun('tar', ['xzf', tarball, '--strip-components=1', '-C', target]);
  const { dependencies } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as Manifest;
  for (const [dependency, wanted] of Object.entries(dependencies)) {
    expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
    if (dependency.startsWith('@signet/')) continue;
    const link = join(target, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(join(ROOT, 'packages', name, 'node_modules', dependency)), link);
  }
}

async function mustRun(program: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand([program], args, { cwd: ROOT });
  if (code !== 0) throw new Error(`${program} failed: ${stderr}`);
}
