import type { ConfigProblem } from './config-problem.ts';
import type { HclItem, HclValue } from './hcl-value.ts';
import type { Field } from './section.ts';

/** Every key says what it is for. */
export interface FieldOptions {
  readonly doc: string;
}

/** Asks for a problem when the key is absent. */
export interface IsRequired {
  readonly required: true;
}

/** The value when the key is absent. */
export interface HasDefault<T> {
  readonly default: T;
}

/** What all single-valued keys may say about being absent. */
export type Presence<T> = Partial<IsRequired> & Partial<HasDefault<T>>;

/** The value, or why it is refused (a sentence without the value). */
export type Reading<T> = { readonly value: T } | { readonly refused: string };

/** How a single value is read from what stands in the file. */
export interface ScalarKind<T> {
  readonly kind: string;
  /** what a required key reads as when it is absent; nobody sees it, the problem stops the start. */
  readonly absent: T;
  parse(value: HclValue): Reading<T>;
  format(value: T): string;
}

function lastItem(items: readonly HclItem[], path: string, problems: ConfigProblem[]): HclItem | undefined {
  const item = items.at(-1);
  const [first] = items;
  if (item !== undefined && first !== undefined && items.length > 1) {
    problems.push({
      path,
      message: `set twice, first on line ${first.position.line}`,
      position: item.position,
    });
  }
  return item;
}

/** An empty text says as little as no key at all. @spec SPIRE configuration: Go's zero values */
function isEmpty({ value }: HclItem): boolean {
  return value.kind === 'string' && value.value === '';
}

/** A key that may stand once in its block. */
export function scalarField<T>(
  scalar: ScalarKind<T>,
  options: FieldOptions & Presence<T>,
): Field<T | undefined> {
  return {
    kind: scalar.kind,
    doc: options.doc,
    required: options.required === true,
    ...(options.default === undefined ? {} : { defaultText: scalar.format(options.default) }),
    read(items, path, problems) {
      const item = lastItem(items, path, problems);
      if (item === undefined || isEmpty(item)) {
        if (options.required !== true) return options.default;
        problems.push({ path, message: 'is required', ...(item && { position: item.position }) });
        return scalar.absent;
      }
      const reading: Reading<T> =
        item.labels.length > 0 ? { refused: 'takes no label' } : scalar.parse(item.value);
      if ('value' in reading) return reading.value;
      problems.push({ path, message: reading.refused, position: item.position });
      return options.default ?? scalar.absent;
    },
  };
}
