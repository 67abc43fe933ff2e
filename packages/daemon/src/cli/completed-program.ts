import type { NextWord } from './usage.ts';

/** A flag as a shell completes it. */
export interface CompletedFlag {
  readonly name: string;
  readonly doc: string;
  /** nothing follows; one of the choices; a file; something that only the operator knows. */
  readonly value: 'none' | 'choice' | 'path' | 'other';
  readonly choices: readonly string[];
}

/** What may stand after a path of words. */
export interface CompletedPlace {
  readonly path: string;
  readonly words: readonly NextWord[];
  readonly flags: readonly CompletedFlag[];
}

/** What a script is made of. */
export interface CompletedProgram {
  readonly name: string;
  /** a name for shell functions. */
  readonly functionName: string;
  readonly places: readonly CompletedPlace[];
}
