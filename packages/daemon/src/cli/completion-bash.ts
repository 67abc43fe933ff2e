import type { CompletedProgram } from './completed-program.ts';
import { quoted, valueCases, walkCommands } from './completion-text.ts';

/** The script for bash. */
export function bashScript({ name, functionName, places }: CompletedProgram): string {
  const values = valueCases(places, ({ value, choices }) => {
    if (value === 'choice') return `COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur"))`;
    return value === 'path' ? 'COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null' : ':';
  });
  const cases = places.map(({ path, words, flags }) => {
    const offered = [...words.map(({ word }) => word), ...flags.map((flag) => `-${flag.name}`)].join(' ');
    return `    ${quoted(path)}) words=${quoted(offered)} ;;`;
  });
  return `${functionName}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  # bash takes -flag=value apart.
  if [ "$cur" = = ]; then cur=""; elif [ "$prev" = = ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
${walkCommands('"${COMP_WORDS[@]:1:COMP_CWORD-1}"', places)}
  COMPREPLY=()
  case "$place" in
${values.join('\n')}
  esac
  case "$place" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F ${functionName} ${name}
`;
}
