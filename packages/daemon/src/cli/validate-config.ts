import { SignetError } from '@signet/core';
import { namedByFile } from '../config/config-problem.ts';
import type { CommandIo } from './command.ts';

/**
 * Says whether a configuration file is valid, in SPIRE's words, and what is wrong with it.
 *
 * @param path - the file.
 * @param check - throws what is wrong.
 * @returns the exit code.
 */
export async function validateConfig(
  program: 'server' | 'agent',
  io: Pick<CommandIo, 'out' | 'err'>,
  path: string,
  check: () => Promise<unknown>,
): Promise<number> {
  try {
    await check();
  } catch (thrown) {
    const error = namedByFile(thrown, path);
    if (!(error instanceof SignetError)) throw error;
    io.err(`SPIRE ${program} configuration file is invalid.\n${error.message}\n`);
    return 1;
  }
  io.out(`SPIRE ${program} configuration file is valid.\n`);
  return 0;
}
