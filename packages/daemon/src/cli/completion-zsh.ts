import type { CompletedProgram } from './completed-program.ts';
import { quoted, valueCases, walkCommands } from './completion-text.ts';

/** The script for zsh. */
export function zshScript({ name, functionName, places }: CompletedProgram): string {
  const values = valueCases(places, ({ value, choices }) => {
    if (value === 'choice') return `compadd -- ${choices.map(quoted).join(' ')}`;
    return value === 'path' ? '_files' : "_message 'value'";
  });
  const cases = places.map(({ path, words, flags }) => {
    const items = [
      ...words.map(({ word, summary }) => item(word, summary)),
      ...flags.map((flag) => item(`-${flag.name}`, flag.doc)),
    ];
    return `    ${quoted(path)}) items=(${items.join(' ')}) ;;`;
  });
  return `#compdef ${name}
${functionName}() {
  local -a items
  local prev="$words[CURRENT-1]"
${walkCommands('"${words[@]:1:$((CURRENT-2))}"', places)}
  case "$place" in
${values.join('\n')}
  esac
  case "$place" in
${cases.join('\n')}
  esac
  _describe 'command' items
}
if [ "$funcstack[1]" = "${functionName}" ]; then
  ${functionName} "$@"
else
  compdef ${functionName} ${name}
fi
`;
}

function item(word: string, summary: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${summary}`);
}
