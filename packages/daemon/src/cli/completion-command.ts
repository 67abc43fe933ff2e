import { ConfigError } from '@signet/core';
import { defineCommand, type Program } from './command.ts';
import { completionScript, shells } from './completion.ts';

/** The program with a command that prints the completion script of a shell. */
export function withCompletion(program: Program): Program {
  const { name } = program;
  const completion = defineCommand({
    path: 'completion',
    summary: 'Prints a script that makes a shell complete commands, flags and values',
    long: 'Load it in each new shell: from ~/.bashrc, or by a file in the folder that the shell looks into.',
    examples: [
      `echo 'source <(${name} completion bash)' >> ~/.bashrc`,
      `${name} completion zsh > "\${fpath[1]}/_${name}"`,
      `${name} completion fish > ~/.config/fish/completions/${name}.fish`,
    ],
    flags: {},
    args: shells,
    run(context) {
      const shell = shells.find((candidate) => candidate === context.args[0]);
      if (shell === undefined) throw new ConfigError('ERR_CONFIG_FLAG', `name a shell: ${shells.join(', ')}`);
      context.out(completionScript(complete, shell));
      return Promise.resolve(0);
    },
  });
  const complete: Program = { ...program, commands: [...program.commands, completion] };
  return complete;
}
