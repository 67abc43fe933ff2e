import { flagError, type Flag, type FlagTable } from './flag.ts';
import type { CommandContext } from './command.ts';
import { toProtoJson } from './proto-json.ts';

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['pretty', 'pretty'],
  ['prettyprint', 'pretty'],
  ['json', 'json'],
]);

function parseFormat(text: string, before: string | undefined): string {
  const format = FORMATS.get(text.toLowerCase());
  if (format === undefined) throw flagError(`unknown format option: ${JSON.stringify(text)}`);
  if (before !== undefined && before !== format) {
    throw flagError(`the output format has already been set to ${JSON.stringify(before)}`);
  }
  return format;
}

/** The flag `-output`: in any case, `prettyprint` is `pretty`; two different ones are an error. */
export const outputFlag: { readonly output: Flag<string> } = {
  output: {
    kind: 'text',
    doc: 'Desired output format',
    defaultValue: 'pretty',
    defaultText: 'pretty',
    choices: ['pretty', 'json'],
    parse: parseFormat,
  },
};

/**
 * Prints a result: one line of JSON after `-output json`, else what `pretty` gives.
 *
 * @param json - a message in proto-loader's object form, or several.
 */
export function printOutput(
  context: Pick<CommandContext<FlagTable>, 'output' | 'out'>,
  json: unknown,
  pretty: () => string,
): void {
  context.out(context.output === 'json' ? `${toProtoJson(json)}\n` : pretty());
}
