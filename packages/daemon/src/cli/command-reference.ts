import type { Command, Program } from './command.ts';
import type { Flag } from './flag.ts';
import { visibleFlags } from './usage.ts';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function flagRow([name, flag]: readonly [string, Flag<unknown>]): string {
  const choices =
    flag.choices === undefined ? '' : ` One of ${flag.choices.map((choice) => `\`${choice}\``).join(', ')}.`;
  const repeatable = flag.kind === 'list' ? ' Repeatable.' : '';
  return `| \`-${name}\` | ${flag.kind} | ${cell(flag.defaultText ?? '')} | ${cell(flag.doc + choices + repeatable)} |`;
}

function commandPage(program: Program, command: Command): string {
  const rows = visibleFlags(command).map(flagRow);
  const table =
    rows.length === 0
      ? []
      : ['', '| Flag | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows];
  const examples = command.examples ?? [];
  return [
    `## \`${program.name} ${command.path}\``,
    '',
    command.summary,
    ...(command.long === undefined ? [] : ['', command.long]),
    ...table,
    ...(examples.length === 0 ? [] : ['', '```sh', ...examples, '```']),
    '',
  ].join('\n');
}

/** The reference page of a program's commands, in Markdown. */
export function commandReference(program: Program): string {
  return [
    `# ${program.name}`,
    '',
    program.summary,
    '',
    ...program.commands.map((command) => commandPage(program, command)),
  ].join('\n');
}
