import type { Command, Program } from './command.ts';
import { nextWords, visibleFlags, type NextWord } from './usage.ts';

/** The shells that there is a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of the shells. */
export type Shell = (typeof shells)[number];

/** What may stand after a path of words. */
interface Place {
  readonly path: string;
  readonly words: readonly NextWord[];
  readonly flags: ReturnType<typeof visibleFlags>;
}

function placesOf(program: Program): readonly Place[] {
  const paths = new Set(['']);
  for (const { path } of program.commands) {
    const words = path.split(' ');
    words.forEach((_, index) => paths.add(words.slice(0, index + 1).join(' ')));
  }
  const commands = new Map<string, Command>(program.commands.map((command) => [command.path, command]));
  return [...paths].map((path) => {
    const command = commands.get(path);
    return {
      path,
      words: nextWords(program, path),
      flags: command === undefined ? [] : visibleFlags(command),
    };
  });
}

/** In single quotes, as every one of the shells reads them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}

function functionName(program: Program): string {
  return `_${program.name.replace(/[^A-Za-z0-9]/g, '_')}`;
}

/** All values that flags with choices take, by flag; the same flag means the same everywhere. */
function choicesOf(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    places.flatMap(({ flags }) =>
      flags.flatMap(([name, { choices }]) => (choices === undefined ? [] : [[name, choices] as const])),
    ),
  );
}

// Walks the words of the line as far as they name commands; the same in bash and zsh.
const WALK = (line: string, places: readonly Place[]): string => `  local place="" word next
  for word in ${line}; do
    next="\${place:+$place }$word"
    case "$next" in
      ${places
        .filter(({ path }) => path !== '')
        .map(({ path }) => quoted(path))
        .join('|')}) place="$next" ;;
      *) break ;;
    esac
  done`;

function bash(program: Program): string {
  const places = placesOf(program);
  const name = functionName(program);
  const values = [...choicesOf(places)].map(
    ([flag, choices]) =>
      `    -${flag}|--${flag}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur")); return ;;`,
  );
  const cases = places.map(({ path, words, flags }) => {
    const offered = [...words.map(({ word }) => word), ...flags.map(([flag]) => `-${flag}`)].join(' ');
    return `    ${quoted(path)}) words=${quoted(offered)} ;;`;
  });
  return `${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" words=""
${WALK('"${COMP_WORDS[@]:1:COMP_CWORD-1}"', places)}
  case "$prev" in
${values.join('\n')}
  esac
  case "$place" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F ${name} ${program.name}
`;
}

function zshItem(word: string, summary: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${summary}`);
}

function zsh(program: Program): string {
  const places = placesOf(program);
  const values = [...choicesOf(places)].map(
    ([flag, choices]) => `    -${flag}|--${flag}) compadd -- ${choices.map(quoted).join(' ')}; return ;;`,
  );
  const cases = places.map(({ path, words, flags }) => {
    const items = [
      ...words.map(({ word, summary }) => zshItem(word, summary)),
      ...flags.map(([flag, { doc }]) => zshItem(`-${flag}`, doc)),
    ];
    return `    ${quoted(path)}) items=(${items.join(' ')}) ;;`;
  });
  return `#compdef ${program.name}
${functionName(program)}() {
  local -a items
${WALK('"${words[@]:1:$((CURRENT-2))}"', places)}
  case "$words[CURRENT-1]" in
${values.join('\n')}
  esac
  case "$place" in
${cases.join('\n')}
  esac
  _describe 'command' items || _files
}
compdef ${functionName(program)} ${program.name}
`;
}

function fish(program: Program): string {
  const places = placesOf(program);
  const name = functionName(program);
  const lines = places.flatMap(({ path, words, flags }) => {
    const head = `complete -c ${program.name} -n ${quoted(`test "(${name}_path)" = "${path}"`.replace('"(', '(').replace(')"', ')'))}`;
    return [
      ...words.map(({ word, summary }) => `${head} -f -a ${quoted(word)} -d ${quoted(summary)}`),
      ...flags.map(([flag, { doc, kind, choices }]) => {
        const value =
          kind === 'bool' ? '' : choices === undefined ? ' -r' : ` -x -a ${quoted(choices.join(' '))}`;
        return `${head} -o ${flag}${value} -d ${quoted(doc)}`;
      }),
    ];
  });
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `function ${name}_path
  set -l path ""
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$path $word")
    contains -- "$next" ${paths.join(' ')}; or break
    set path $next
  end
  echo "$path"
end
${lines.join('\n')}
`;
}

/** The script that makes a shell complete the program's commands, flags and fixed values. */
export function completionScript(program: Program, shell: Shell): string {
  return { bash, zsh, fish }[shell](program);
}
