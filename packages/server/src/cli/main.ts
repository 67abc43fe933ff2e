import { type CommandIo, runProgram } from '@signet/daemon';
import { version } from '../version.ts';
import { commandGroups, commands } from './commands.ts';

/**
 * Runs one command line of `signet-server`.
 *
 * @param argv - the words after the program's name.
 * @param io - what is not to be the process's own.
 * @returns the exit code.
 */
export function main(argv: readonly string[], io: Partial<CommandIo> = {}): Promise<number> {
  return runProgram(
    {
      name: 'signet-server',
      version,
      summary: 'The Signet server: attests nodes and issues identities',
      groups: commandGroups,
      laterCommands: ['debug', 'federation', 'localauthority', 'logger', 'upstreamauthority', 'wit'],
      commands,
    },
    argv,
    io,
  );
}
