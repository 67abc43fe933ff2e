import { SignetError } from '@signet/core';
import type { Random } from './random.ts';

/** Input of a parser. */
export type FuzzInput = string | Uint8Array;

/** A parser, and how it is put to the test. */
export interface Target {
  readonly name: string;
  /** A changed input; the same for the same random numbers. */
  readonly make: (random: Random) => FuzzInput;
  /**
   * Parses the input, and holds an accepted one against what must be true of it.
   *
   * @returns whether it was accepted.
   * @throws what was thrown, unless it is a typed refusal; `Finding` when something is not true.
   */
  readonly check: (input: never) => boolean;
}

/** Something that must be true of an accepted input is not. */
export class Finding extends Error {}

/** The parsed value; undefined when it was refused in the way that it should be. */
export function parsed<T>(parse: () => T): { readonly value: T } | undefined {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof SignetError && /^ERR_[A-Z0-9_]+$/.test(error.code)) return undefined;
    throw error;
  }
}

/** Asks that two texts, or sequences of octets, are the same. */
export function same(actual: FuzzInput, expected: FuzzInput, what: string): void {
  const isSame =
    typeof actual === 'string' || typeof expected === 'string'
      ? actual === expected
      : Buffer.compare(actual, expected) === 0;
  if (!isSame) throw new Finding(what);
}
