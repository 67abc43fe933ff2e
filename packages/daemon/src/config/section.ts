import { nearestName } from '@signet/core';
import type { ConfigProblem } from './config-problem.ts';
import type { HclItem, HclObject } from './hcl-value.ts';

/** How one key is read; made by the functions of `field`. */
export interface Field<T> {
  readonly kind: string;
  /** what the key means, for the reference page. */
  readonly doc: string;
  readonly required: boolean;
  /** the default as a person would write it. */
  readonly defaultText?: string;
  /** the keys inside, for a block. */
  readonly fields?: SectionSchema;
  /** Reads all items that carry the key; there are none when it is absent. */
  read(items: readonly HclItem[], path: string, problems: ConfigProblem[]): T;
}

/** The keys of one block, as SPIRE spells them. */
export type SectionSchema = Readonly<Record<string, Field<unknown>>>;

/** What reading a block gives. */
export type SectionValues<S extends SectionSchema> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never;
};

const MAX_SHOWN_KEY = 64;

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Joins keys to a path; the file itself has the empty path. */
export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function unknownKey(item: HclItem, path: string, schema: SectionSchema): ConfigProblem {
  const nearest = nearestName(item.key, Object.keys(schema));
  return {
    path: joinPath(path, item.key.slice(0, MAX_SHOWN_KEY)),
    message: 'unknown key',
    position: item.position,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

function groupByField(
  schema: SectionSchema,
  value: HclObject,
  path: string,
  problems: ConfigProblem[],
): Map<string, HclItem[]> {
  const names = new Map(Object.keys(schema).map((name) => [asciiLower(name), name]));
  const groups = new Map<string, HclItem[]>();
  for (const item of value.items) {
    const name = names.get(asciiLower(item.key));
    if (name === undefined) problems.push(unknownKey(item, path, schema));
    else groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

/**
 * Reads one block by its schema.
 *
 * Keys match in any case. Nothing is thrown: every problem is appended, and what could not be read has its default.
 *
 * @param value - the block; undefined reads as an empty one.
 * @param path - the keys that led here; '' for the file itself.
 */
export function readSection<S extends SectionSchema>(
  schema: S,
  value: HclObject | undefined,
  path: string,
  problems: ConfigProblem[],
): SectionValues<S> {
  const groups =
    value === undefined ? new Map<string, HclItem[]>() : groupByField(schema, value, path, problems);
  const values = Object.entries(schema).map(([name, field]) => {
    return [name, field.read(groups.get(name) ?? [], joinPath(path, name), problems)] as const;
  });
  return Object.freeze(Object.fromEntries(values)) as SectionValues<S>;
}
