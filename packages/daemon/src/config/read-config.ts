import type { ConfigOverride } from './config-override.ts';
import { withOverrides } from './config-override.ts';
import { configError, type ConfigProblem } from './config-problem.ts';
import { expandEnv } from './expand-env.ts';
import { parseHcl } from './parse-hcl.ts';
import { readSection, type SectionSchema, type SectionValues } from './section.ts';

/** What reading a configuration may be told beside its text. */
export interface ReadConfigOptions {
  /** Name of the file, for the text of errors. */
  readonly source?: string;
  /** Values of the command line, each in the place of the file's. */
  readonly overrides?: readonly ConfigOverride[];
  /** Expands `$VAR` and `${VAR}` from this before parsing; absent: nothing is expanded. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How the configuration of a program is read. */
export interface ConfigShape<S extends SectionSchema, Config> {
  /** the block that the command line overrides. */
  readonly block: string;
  readonly schema: S;
  /** Makes the configuration of the values, and appends what is wrong with them together. */
  assemble(values: SectionValues<S>, problems: ConfigProblem[]): Config | undefined;
}

/**
 * Reads a configuration by its schema.
 *
 * @returns what `assemble` made of it, frozen.
 * @throws {ConfigError} `ERR_CONFIG_SYNTAX`; `ERR_CONFIG_INVALID` with all problems at once.
 */
export function readConfig<S extends SectionSchema, Config>(
  text: string,
  shape: ConfigShape<S, Config>,
  { source, overrides = [], env }: ReadConfigOptions = {},
): Readonly<Config> {
  const problems: ConfigProblem[] = [];
  const root = parseHcl(env === undefined ? text : expandEnv(text, env), source);
  const values = readSection(shape.schema, withOverrides(root, shape.block, overrides), '', problems);
  const config = shape.assemble(values, problems);
  if (problems.length > 0 || config === undefined) {
    throw configError([...problems, ...unexpanded(text, env === undefined)], source);
  }
  return Object.freeze(config);
}

/** A file that is refused and has variables in it was most likely meant to be expanded. */
function unexpanded(text: string, isPlain: boolean): readonly ConfigProblem[] {
  const variable = isPlain ? /^[^#]*=[^#]*"[^"]*(\$\{?[A-Za-z_]\w*\}?)/m.exec(text)?.[1] : undefined;
  return variable === undefined
    ? []
    : [{ path: variable, message: 'is taken as it stands; -expandEnv replaces variables' }];
}
