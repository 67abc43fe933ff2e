// Runs a package.json script with everything it needs: Node 24, pnpm, the locked dependencies and a fresh build.
// Plain JavaScript for any Node >= 18, because it runs before any of that is there. Quick when nothing has changed.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, '.runtime');

const PNPM_VERSION = '12.21.0';

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail('usage: node scripts/with-runtime.mjs SCRIPT [ARG ...]');
const platform = `${process.platform}-${process.arch}`;
const ownNode = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
const nodePackage = `node-${platform}`;

prepareTools();
const nodeHome = ownNode ? dirname(dirname(process.execPath)) : join(tools, 'node_modules', nodePackage);
const env = {
  ...process.env,
  PATH: [join(nodeHome, 'bin'), join(tools, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  // Native add-ons are compiled against the headers of the very Node that will load them.
  npm_config_nodedir: nodeHome,
  NODE_OPTIONS: '',
};
delete env.npm_config_user_agent;

step('dependencies', ['pnpm-lock.yaml', 'package.json', 'pnpm-workspace.yaml'], () =>
  run('pnpm', [
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
    '--config.confirm-modules-purge=false',
  ]),
);
run('pnpm', ['run', '--silent', 'build']);

const child = spawn('pnpm', ['run', '--silent', script, ...args], { cwd: root, env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`cannot run pnpm: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));

/** Brings pnpm, and Node 24 where this Node is older, into .runtime/ from the npm registry. */
function prepareTools() {
  const wanted = { pnpm: PNPM_VERSION };
  if (!ownNode) {
    if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)) {
      fail(
        `Node ${NODE_MAJOR} or newer is needed and cannot be brought to ${platform}: install it, then run this again.`,
      );
    }
    wanted[nodePackage] = NODE_VERSION;
  }
  step(
    'runtime',
    [],
    () => {
      say(
        `setting up ${Object.entries(wanted)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}`,
      );
      mkdirSync(tools, { recursive: true });
      writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true }));
      const packages = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
      execFileSync(
        'npm',
        ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...packages],
        {
          cwd: tools,
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      );
    },
    JSON.stringify(wanted),
  );
}

/** Runs `action` unless it ran before for the same files and the same words. */
function step(name, files, action, words = '') {
  const hash = createHash('sha256').update(words);
  for (const file of files) hash.update(readFileSync(join(root, file)));
  hash.update(process.versions.node);
  const stamp = join(tools, `${name}.stamp`);
  const digest = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && stillThere(name)) return;
  action();
  mkdirSync(tools, { recursive: true });
  writeFileSync(stamp, digest);
}

function stillThere(name) {
  return existsSync(join(name === 'runtime' ? tools : root, 'node_modules'));
}

function run(command, commandArgs) {
  try {
    execFileSync(command, commandArgs, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    fail(`${command} ${commandArgs.join(' ')} failed`, typeof error.status === 'number' ? error.status : 1);
  }
}

function say(text) {
  process.stderr.write(`signet: ${text}\n`);
}

function fail(text, code = 1) {
  say(text);
  process.exit(code);
}
