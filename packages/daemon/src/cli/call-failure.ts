import { errorText } from './error-text.ts';

/** A call that failed, with what it was for: `error fetching entries: rpc error: code = …`. */
export class CallFailure extends Error {
  /** what could not be done. */
  readonly what: string;

  constructor(what: string, cause: unknown) {
    super(`${what}: ${errorText(cause)}`, { cause });
    this.what = what;
  }
}
