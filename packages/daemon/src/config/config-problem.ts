import { ConfigError } from '@signet/core';
import type { Position } from './hcl-value.ts';

/** One thing wrong with a configuration. */
export interface ConfigProblem {
  /** keys joined by dots, `server.ca_subject.country[1]`. */
  readonly path: string;
  readonly message: string;
  /** the known key that an unknown one resembles most. */
  readonly nearest?: string;
  readonly position?: Position;
}

/** `server.conf:12:3`, the flag that gave the value, or just the file. */
export function placeText(source: string, position: Position | undefined): string {
  if (position === undefined) return source;
  return position.flag === undefined
    ? `${source}:${position.line}:${position.column}`
    : `flag -${position.flag}`;
}

/** The problem as one line for a person: where, which key, what. */
export function problemText(problem: ConfigProblem, source: string): string {
  const hint = problem.nearest === undefined ? '' : `; did you mean "${problem.nearest}"?`;
  return `${placeText(source, problem.position)}: ${problem.path}: ${problem.message}${hint}`;
}

/**
 * One error that lists all problems, one a line.
 *
 * @param source - the file's name, shown with each problem.
 * @returns `ERR_CONFIG_INVALID`; `details` is `{ problems }`.
 */
export function configError(
  problems: readonly ConfigProblem[],
  source: string = 'configuration',
): ConfigError {
  const texts = problems.map((problem) => problemText(problem, source));
  const message =
    texts.length === 1
      ? texts.join('')
      : `${source} has ${texts.length} problems\n${texts.map((text) => `  ${text}`).join('\n')}`;
  return new ConfigError('ERR_CONFIG_INVALID', message, { details: { problems } });
}

/** The error with its problems named by the file; another error as it is. */
export function namedByFile(error: unknown, source: string): unknown {
  const problems = configProblems(error);
  return problems.length === 0 ? error : configError(problems, source);
}

/** The problems behind a refused configuration; none when the error is another. */
export function configProblems(error: unknown): readonly ConfigProblem[] {
  if (!(error instanceof ConfigError)) return [];
  const details = error.details as { readonly problems?: readonly ConfigProblem[] } | undefined;
  return details?.problems ?? [];
}
