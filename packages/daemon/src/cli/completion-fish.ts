import type { CompletedFlag, CompletedProgram } from './completed-program.ts';
import { quoted } from './completion-text.ts';

/** The script for fish. */
export function fishScript({ name, functionName, places }: CompletedProgram): string {
  const lines = places.flatMap(({ path, words, flags }) => {
    const head = `complete -c ${name} -n ${quoted(`test (${functionName}_path) = "${path}"`)}`;
    return [
      ...words.map(({ word, summary }) => `${head} -f -a ${quoted(word)} -d ${quoted(summary)}`),
      ...flags.map((flag) => `${head} -o ${flag.name}${valueText(flag)} -d ${quoted(flag.doc)}`),
    ];
  });
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `complete -c ${name} -f
function ${functionName}_path
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

/** `-x` takes a value and no file, `-r -F` a file. */
function valueText({ value, choices }: CompletedFlag): string {
  if (value === 'none') return '';
  if (value === 'choice') return ` -x -a ${quoted(choices.join(' '))}`;
  return value === 'path' ? ' -r -F' : ' -x';
}
