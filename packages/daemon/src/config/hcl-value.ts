/** Where a token stands in its file; line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** the flag of the command line that gave the value; it then stands nowhere in the file. */
  readonly flag?: string;
}

/** A string, number, truth value or JSON null. Numbers keep their text, which decides between octal and decimal. */
export type HclLiteral =
  | { readonly kind: 'string'; readonly value: string; readonly position: Position }
  | { readonly kind: 'number'; readonly text: string; readonly position: Position }
  | { readonly kind: 'bool'; readonly value: boolean; readonly position: Position }
  | { readonly kind: 'null'; readonly position: Position };

/** `[ … ]` */
export interface HclList {
  readonly kind: 'list';
  readonly items: readonly HclValue[];
  readonly position: Position;
}

/** `{ … }`, or the whole file; items in file order, repeated keys kept. */
export interface HclObject {
  readonly kind: 'object';
  readonly items: readonly HclItem[];
  readonly position: Position;
}

/** A parsed value with its place in the file. */
export type HclValue = HclLiteral | HclList | HclObject;

/** `key "label" … { … }` or `key = value`. */
export interface HclItem {
  readonly key: string;
  readonly labels: readonly string[];
  readonly value: HclValue;
  readonly position: Position;
}
