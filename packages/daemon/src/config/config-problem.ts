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

/** The problem as one line for a person. */
export function problemText(problem: ConfigProblem): string {
  const line = problem.position === undefined ? '' : ` (line ${problem.position.line})`;
  const hint = problem.nearest === undefined ? '' : `; did you mean "${problem.nearest}"?`;
  return `${problem.path}${line}: ${problem.message}${hint}`;
}

/**
 * One error that lists all problems, one a line.
 *
 * @param source - the file's name, shown first.
 * @returns `ERR_CONFIG_INVALID`; `details` is `{ problems }`.
 */
export function configError(
  problems: readonly ConfigProblem[],
  source: string = 'configuration',
): ConfigError {
  const [only] = problems;
  const message =
    problems.length === 1 && only !== undefined
      ? `${source}: ${problemText(only)}`
      : `${source}: ${problems.length} problems\n${problems.map((problem) => `  ${problemText(problem)}`).join('\n')}`;
  return new ConfigError('ERR_CONFIG_INVALID', message, { details: { problems } });
}
