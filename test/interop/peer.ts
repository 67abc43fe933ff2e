import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Command, runCommand } from '../kit/program.ts';

/** A program in another language that uses its own SPIFFE library against our agent. */
export interface Peer {
  readonly name: string;
  /** Slow ones run with `npm run interop` only. */
  readonly slow: boolean;
  /** Makes it ready to run. @returns the command, or why it cannot run here. */
  prepare(): Promise<Command | { readonly skip: string }>;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUILD = fileURLToPath(new URL('../../node_modules/.cache/interop/', import.meta.url));

/** Every peer that this repository knows how to run. */
export const PEERS: readonly Peer[] = [
  {
    name: 'go-spiffe',
    slow: false,
    prepare: async () => {
      const missing = await missingTool('go', ['version']);
      if (missing !== undefined) return missing;
      await mustRun(['go', 'build', '-o', `${folder('go')}/peer`, '.'], `${HERE}go-spiffe`);
      return [`${folder('go')}/peer`];
    },
  },
  {
    name: 'py-spiffe',
    slow: false,
    prepare: async () => {
      const missing = await missingTool('python3', ['--version']);
      if (missing !== undefined) return missing;
      const venv = folder('python');
      await mustRun(['python3', '-m', 'venv', venv], HERE);
      await mustRun([`${venv}/bin/pip`, 'install', '--quiet', '-r', 'requirements.txt'], `${HERE}py-spiffe`);
      return [`${venv}/bin/python`, `${HERE}py-spiffe/peer.py`];
    },
  },
  {
    name: '@signet/client',
    slow: false,
    prepare: () => Promise.resolve([process.execPath, `${HERE}node-signet/peer.ts`] as const),
  },
  {
    name: 'java-spiffe',
    slow: true,
    prepare: async () => {
      const missing = (await missingTool('java', ['-version'])) ?? (await missingTool('mvn', ['--version']));
      if (missing !== undefined) return missing;
      const target = folder('java');
      await mustRun(
        ['mvn', '--quiet', '--batch-mode', `-Dpeer.target=${target}`, 'package'],
        `${HERE}java-spiffe`,
      );
      return ['java', '-jar', `${target}/peer.jar`];
    },
  },
  {
    name: 'rust-spiffe',
    slow: true,
    prepare: async () => {
      const missing = await missingTool('cargo', ['--version']);
      if (missing !== undefined) return missing;
      await mustRun(['cargo', 'build', '--quiet', '--target-dir', folder('rust')], `${HERE}rust-spiffe`);
      return [`${folder('rust')}/debug/peer`];
    },
  },
];

function folder(name: string): string {
  mkdirSync(`${BUILD}${name}`, { recursive: true });
  return `${BUILD}${name}`;
}

async function missingTool(
  program: string,
  args: readonly string[],
): Promise<{ readonly skip: string } | undefined> {
  const { code } = await runCommand([program], args);
  return code === 0 ? undefined : { skip: `${program} is not installed` };
}

async function mustRun([program, ...args]: readonly [string, ...string[]], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await runCommand([program], args, { cwd, timeoutMs: 900_000 });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
}
