import { basename } from 'node:path';

/** Where a line was logged, in the fields that SPIRE has for it. */
export interface SourceLocation {
  /** `server.js:88` */
  readonly file: string;
  readonly func: string;
}

const FRAME = /^\s*at (?:async )?(?:(.+?) \()?(.+):(\d+):\d+\)?$/;

/**
 * The place that called a function.
 *
 * @param called - the function whose caller is looked for; it must be running.
 * @spec SPIRE log_source_location
 */
export function callerOf(called: (...words: never[]) => unknown): SourceLocation {
  const { stackTraceLimit } = Error;
  const trace: { stack?: string } = {};
  Reflect.set(Error, 'stackTraceLimit', 1);
  Error.captureStackTrace(trace, called);
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  const [, func = 'anonymous', path = 'unknown', line = '0'] =
    FRAME.exec(trace.stack?.split('\n')[1] ?? '') ?? [];
  return { file: `${basename(path)}:${line}`, func };
}
