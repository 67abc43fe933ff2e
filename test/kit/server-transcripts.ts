import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deployment } from './deployment.ts';
import type { Command, Outcome } from './program.ts';
import {
  commandWords,
  maskOutcome,
  parseTranscript,
  type TranscriptStep,
  type TranscriptVariables,
} from './transcript.ts';

/** Where the transcripts of `signet-server` are. */
export const SERVER_TRANSCRIPTS: string = fileURLToPath(
  new URL('../../packages/server/src/cli/testdata/', import.meta.url),
);

/** One file of commands; each is played against a server of its own with one agent. */
export interface Transcript {
  readonly name: string;
  readonly path: string;
  readonly steps: readonly TranscriptStep[];
}

/** All transcripts of `signet-server`. */
export async function readServerTranscripts(): Promise<Transcript[]> {
  const names = (await readdir(SERVER_TRANSCRIPTS)).filter((name) => name.endsWith('.txt'));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(SERVER_TRANSCRIPTS, name);
      return { name, path, steps: parseTranscript(await readFile(path, 'utf8')) };
    }),
  );
}

/** Runs one command line; `stdin` is the file that its standard input comes from. */
export type CommandRunner = (words: readonly string[], stdin?: string) => Promise<Outcome>;

/** Plays the commands of a transcript against a deployment, one after the other. @returns what each left, masked. */
export async function playTranscript(
  { steps }: Transcript,
  deployment: Deployment,
  run: CommandRunner,
  agentId: string,
): Promise<TranscriptStep[]> {
  const variables = await variablesOf(deployment, agentId);
  const played: TranscriptStep[] = [];
  for (const step of steps) {
    const { words, stdin } = commandWords(step.command, variables);
    const outcome = await run([...words, '-socketPath', deployment.serverSocket], stdin);
    played.push({ ...step, outcome: maskOutcome(outcome, variables) });
  }
  return played;
}

async function variablesOf(deployment: Deployment, agentId: string): Promise<TranscriptVariables> {
  const data = join(deployment.folder, 'data');
  await cp(join(SERVER_TRANSCRIPTS, 'files'), data, { recursive: true });
  const write = join(deployment.folder, 'write');
  await mkdir(write);
  return new Map([
    ['AGENT', agentId],
    ['DATA', data],
    ['WRITE', write],
  ]);
}

/** Runs commands of a program. */
export function runProcess([program, ...first]: Command): CommandRunner {
  return (words, stdin) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [...first, ...words], { env: { ...process.env, TZ: 'UTC' } });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code: code ?? 1, stdout, stderr });
      });
      child.stdin.on('error', () => undefined);
      if (stdin === undefined) child.stdin.end();
      else createReadStream(stdin).on('error', reject).pipe(child.stdin);
    });
}
