import { readFile } from 'node:fs/promises';
import { main } from '@signet/server/cli';
import type { CommandRunner } from './server-transcripts.ts';

/** Runs commands in this process: the same code without the time that a process takes to start. */
export const runHere: CommandRunner = async (words, stdin) => {
  let stdout = '';
  let stderr = '';
  const code = await main(words, {
    env: {},
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
    readStdin: () => (stdin === undefined ? Promise.resolve('') : readFile(stdin, 'utf8')),
  });
  return { code, stdout, stderr };
};
