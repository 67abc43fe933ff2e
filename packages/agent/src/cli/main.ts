import { type Program, runProgram } from '@signet/daemon';
import { VERSION } from '../version.ts';
import { commandGroups, commands } from './commands.ts';

/** The command line of `signet-agent`. */
export const agentProgram: Program = {
  name: 'signet-agent',
  version: VERSION,
  summary: 'The Signet agent: attests its node and its workloads, and serves the Workload API',
  groups: commandGroups,
  laterCommands: ['debug', 'logger'],
  commands,
};

/** Runs one command line. @returns the exit code. */
export function main(argv: readonly string[]): Promise<number> {
  return runProgram(agentProgram, argv);
}
