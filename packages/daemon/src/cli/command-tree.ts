import { Command as CommanderCommand, InvalidArgumentError, Option } from 'commander';
import type { Command, Program } from './command.ts';
import type { Flag } from './flag.ts';
import { commandUsage, groupUsage } from './usage.ts';

/** The program as a tree of commander's commands. */
export interface CommandTree {
  readonly root: CommanderCommand;
  /** by path; groups too. */
  readonly nodes: ReadonlyMap<string, CommanderCommand>;
}

function optionOf(name: string, flag: Flag<unknown>): Option {
  const option = new Option(`--${name} <value>`, flag.doc)
    .default(flag.defaultValue)
    .hideHelp(flag.hidden === true);
  let before: unknown;
  return option.argParser((text: string) => {
    try {
      before = flag.parse(text, before);
      return before;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'parse error';
      const kind =
        flag.kind === 'bool'
          ? `invalid boolean value ${JSON.stringify(text)} for`
          : `invalid value ${JSON.stringify(text)} for flag`;
      throw new InvalidArgumentError(`${kind} -${name}: ${reason}`);
    }
  });
}

function newNode(name: string, usage: () => string): CommanderCommand {
  return new CommanderCommand(name)
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments(true)
    .exitOverride()
    .configureHelp({ formatHelp: usage })
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
}

/** Makes the tree; commands that share words share their groups. */
export function buildTree(program: Program): CommandTree {
  const root = newNode(program.name, () => groupUsage(program, ''));
  const nodes = new Map<string, CommanderCommand>([['', root]]);
  const commands = new Map<string, Command>(program.commands.map((command) => [command.path, command]));
  const nodeAt = (path: string): CommanderCommand => {
    const known = nodes.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf(' ');
    const command = commands.get(path);
    const node = newNode(path.slice(cut + 1), () =>
      command === undefined ? groupUsage(program, path) : commandUsage(command),
    );
    for (const [name, flag] of Object.entries(command?.flags ?? {})) node.addOption(optionOf(name, flag));
    // A command that is a group too would otherwise print its help.
    if (command !== undefined) node.action(() => undefined);
    nodeAt(path.slice(0, Math.max(cut, 0))).addCommand(node);
    nodes.set(path, node);
    return node;
  };
  for (const path of commands.keys()) nodeAt(path);
  return { root, nodes };
}
