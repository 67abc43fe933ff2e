import { ConfigError } from '@signet/core';
import type { CommandIo } from './command.ts';

const MAX_STDIN_BYTES = 16 * 1024 * 1024;

async function readStdin(maxBytes: number = MAX_STDIN_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes)
      throw new ConfigError('ERR_CONFIG_FILE', `standard input is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// A reader that has seen enough, such as head, is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** The process's own environment, output and input. */
export const standardIo: CommandIo = {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readStdin,
};
