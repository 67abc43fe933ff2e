import type { ConfigProblem } from './config-problem.ts';
import type { HclItem } from './hcl-value.ts';
import { readText } from './scalar-kinds.ts';
import type { Field } from './section.ts';

/** A list of strings. */
export function textListField(options: {
  readonly doc: string;
  check?(value: string): string | undefined;
}): Field<readonly string[]> {
  return {
    kind: 'list of strings',
    doc: options.doc,
    required: false,
    read: (items, path, problems) => readTextList(items, path, problems, options),
  };
}

function readTextList(
  items: readonly HclItem[],
  path: string,
  problems: ConfigProblem[],
  rules: { check?(value: string): string | undefined },
): readonly string[] {
  const values: string[] = [];
  for (const item of items) {
    if (item.value.kind !== 'list') {
      problems.push({ path, message: 'must be a list of strings', position: item.position });
      continue;
    }
    for (const element of item.value.items) {
      const reading = readText(element, rules);
      if ('value' in reading) values.push(reading.value);
      else
        problems.push({
          path: `${path}[${values.length}]`,
          message: reading.refused,
          position: element.position,
        });
    }
  }
  return values;
}
