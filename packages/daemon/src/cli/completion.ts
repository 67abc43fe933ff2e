import type { Command, Program } from './command.ts';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import type { CompletedFlag, CompletedPlace } from './completed-program.ts';
import { zshScript } from './completion-zsh.ts';
import { nextWords, visibleFlags } from './usage.ts';

/** The shells that there is a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of the shells. */
export type Shell = (typeof shells)[number];

function flagsOf(command: Command): readonly CompletedFlag[] {
  return visibleFlags(command).map(([name, { doc, kind, choices = [], placeholder }]) => ({
    name,
    doc,
    value:
      kind === 'bool' ? 'none' : choices.length > 0 ? 'choice' : placeholder === 'path' ? 'path' : 'other',
    choices,
  }));
}

function placesOf(program: Program): readonly CompletedPlace[] {
  const paths = new Set(['']);
  for (const { path } of program.commands) {
    const words = path.split(' ');
    words.forEach((_, index) => paths.add(words.slice(0, index + 1).join(' ')));
  }
  const commands = new Map<string, Command>(program.commands.map((command) => [command.path, command]));
  return [...paths].map((path) => {
    const command = commands.get(path);
    const args = (command?.args ?? []).map((word) => ({ word, summary: '' }));
    return {
      path,
      words: [...nextWords(program, path), ...args],
      flags: command === undefined ? [] : flagsOf(command),
    };
  });
}

/** The script that makes a shell complete the program's commands, flags and values. */
export function completionScript(program: Program, shell: Shell): string {
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
  return scripts[shell]({
    name: program.name,
    functionName: `_${program.name.replace(/[^A-Za-z0-9]/g, '_')}`,
    places: placesOf(program),
  });
}
