import { runProgram } from '@signet/daemon';
import { version } from '../version.ts';
import { commandGroups, commands } from './commands.ts';

/** Runs one command line. @returns the exit code. */
export function main(argv: readonly string[]): Promise<number> {
  return runProgram(
    {
      name: 'signet-server',
      version,
      summary: 'The Signet server: attests nodes and issues identities',
      groups: commandGroups,
      commands,
    },
    argv,
  );
}
