import type { CompletedPlace } from './completed-program.ts';

/** In single quotes, as every one of the shells reads them. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}

/** A `case` pattern that is true after any of the flags, with one dash or two. */
export function afterFlags(names: readonly string[]): string {
  return names.flatMap((name) => [`-${name}`, `--${name}`]).join('|');
}

/** Shell code that walks the words of the line as far as they name commands; the same in bash and zsh. */
export function walkCommands(line: string, places: readonly CompletedPlace[]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `  local place="" word next
  for word in ${line}; do
    next="\${place:+$place }$word"
    case "$next" in
      ${paths.join('|')}) place="$next" ;;
      *) break ;;
    esac
  done`;
}

/** A branch for each command, on what stands before the word that is completed. */
export function valueCases(
  places: readonly CompletedPlace[],
  action: (flag: {
    readonly value: 'choice' | 'path' | 'other';
    readonly choices: readonly string[];
  }) => string,
): readonly string[] {
  return places.flatMap(({ path, flags }) => {
    const choice = flags.filter(({ value }) => value === 'choice');
    const named = (value: 'path' | 'other'): readonly string[] => {
      const names = flags.filter((flag) => flag.value === value).map(({ name }) => name);
      return names.length === 0 ? [] : [branch(names, action({ value, choices: [] }))];
    };
    const branches = [
      ...choice.map(({ name, choices }) => branch([name], action({ value: 'choice', choices }))),
      ...named('path'),
      ...named('other'),
    ];
    return branches.length === 0
      ? []
      : [`    ${quoted(path)}) case "$prev" in\n${branches.join('\n')}\n    esac ;;`];
  });
}

function branch(names: readonly string[], action: string): string {
  return `      ${afterFlags(names)}) ${action}; return ;;`;
}
