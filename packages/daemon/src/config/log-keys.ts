import type { LogFormat } from '../log/log-format.ts';
import { logLevels, parseLogLevel, type LogLevel } from '../log/log-level.ts';
import { scalarField, type ScalarKind } from './scalar-field.ts';
import { booleanKind, textKind, textOf } from './scalar-kinds.ts';
import type { Field } from './section.ts';

/** How a program logs. */
export interface LogSettings {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** absent: standard output. */
  readonly file?: string;
  /** source file and line in each log line. */
  readonly sourceLocation: boolean;
}

/** The keys of logs in the block of a program. */
export interface LogKeys {
  readonly log_file: Field<string | undefined>;
  readonly log_level: Field<LogLevel>;
  readonly log_format: Field<LogFormat>;
  readonly log_source_location: Field<boolean>;
}

const levelKind: ScalarKind<LogLevel> = {
  kind: logLevels.join(' | '),
  absent: 'info',
  parse(value) {
    const level = parseLogLevel(textOf(value) ?? '');
    return level === undefined ? { refused: `must be one of ${logLevels.join(', ')}` } : { value: level };
  },
  format: (level) => JSON.stringify(level.toUpperCase()),
};

/** The keys, with SPIRE's defaults. */
export const logKeys: LogKeys = {
  log_file: scalarField(textKind({}), { doc: 'File that the log goes to; standard output when absent.' }),
  log_level: scalarField(levelKind, {
    doc: 'Least severe level that is logged.',
    default: 'info',
  }) as Field<LogLevel>,
  log_format: scalarField(textKind({ choices: ['text', 'json'] }), {
    doc: 'Form of log lines.',
    default: 'text',
  }) as Field<LogFormat>,
  log_source_location: scalarField(booleanKind, {
    doc: 'Source file, line and function in each log line.',
    default: false,
  }) as Field<boolean>,
};

/** What the keys say, as the logger takes it. */
export function logSettings(values: {
  readonly log_file: string | undefined;
  readonly log_level: LogLevel;
  readonly log_format: LogFormat;
  readonly log_source_location: boolean;
}): LogSettings {
  return {
    level: values.log_level,
    format: values.log_format,
    sourceLocation: values.log_source_location,
    ...(values.log_file !== undefined && { file: values.log_file }),
  };
}
