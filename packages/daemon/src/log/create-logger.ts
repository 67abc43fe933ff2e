import type { Clock } from '@signet/core';
import { pino, type Logger as PinoLogger } from 'pino';
import { systemClock } from '../process/clock.ts';
import { openLogDestination, type LogDestination } from './log-destination.ts';
import { writtenFields, type LogFields, type LogValue } from './log-fields.ts';
import { formatJson, formatText, type LogFormat } from './log-format.ts';
import type { LogLevel } from './log-level.ts';
import type { Logger } from './logger.ts';
import { boundedText } from './safe-text.ts';
import { callerOf } from './source-location.ts';

/** A log and the switches of its program. */
export interface LogSystem {
  readonly logger: Logger;
  /** the level it began with. */
  readonly launchLevel: LogLevel;
  level(): LogLevel;
  /** Holds for every child logger, at once. */
  setLevel(level: LogLevel): void;
  resetLevel(): void;
  /** Opens the log file again; SIGUSR2 does it too when asked for. */
  reopen(): void;
  flush(): void;
  close(): void;
}

/** How a log is written. */
export interface LogOptions {
  /** default `info`. */
  readonly level?: LogLevel;
  /** default `text`. */
  readonly format?: LogFormat;
  /** add source file, line and function to each line; default false. */
  readonly sourceLocation?: boolean;
  /** default standard output. */
  readonly file?: string | undefined;
  /** takes the lines instead of a file. */
  readonly write?: (line: string) => void;
  readonly clock?: Clock;
  /** reopen the file on SIGUSR2. */
  readonly reopenOnSignal?: boolean;
}

type PinoLevel = 'panic' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

const PANIC = 70;

const LABELS: ReadonlyMap<number, string> = new Map([
  [PANIC, 'panic'],
  [60, 'fatal'],
  [50, 'error'],
  [40, 'warning'],
  [30, 'info'],
  [20, 'debug'],
  [10, 'trace'],
]);

/** What pino leaves on a destination that asks for it, before each write. */
interface PinoMetadata {
  lastLevel: number;
  lastMsg: string;
  lastObj: Readonly<Record<string, LogValue>>;
}

function pinoLevel(level: LogLevel): PinoLevel {
  return level === 'warning' ? 'warn' : level;
}

/** A pino destination that spells each record in SPIRE's way. */
function spelling(
  format: LogFormat,
  clock: Clock,
  write: (line: string) => void,
): PinoMetadata & { write(): void } {
  const spell = format === 'json' ? formatJson : formatText;
  const target = {
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    lastMsg: '',
    lastObj: {} as Readonly<Record<string, LogValue>>,
    write(): void {
      const time = new Date(clock.nowMs()).toISOString();
      const level = LABELS.get(target.lastLevel) ?? 'info';
      write(spell({ time, level, msg: target.lastMsg, fields: target.lastObj }));
    },
  };
  return target;
}

function wrap(log: PinoLogger<'panic'>, bound: LogFields, withSource: boolean): Logger {
  const at = (level: PinoLevel) => {
    const write = (message: string, fields?: LogFields): void => {
      if (!log.isLevelEnabled(level)) return;
      const source = withSource ? callerOf(write) : {};
      log[level](writtenFields({ ...bound, ...fields, ...source }), boundedText(message));
    };
    return write;
  };
  return {
    panic: at('panic'),
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    trace: at('trace'),
    child: (fields) => wrap(log, { ...bound, ...fields }, withSource),
    subsystem: (name) => wrap(log, { ...bound, subsystem_name: name }, withSource),
    isEnabled: (level) => log.isLevelEnabled(pinoLevel(level)),
  };
}

function destinationOf(options: LogOptions): LogDestination {
  const { write } = options;
  if (write === undefined) return openLogDestination(options.file);
  const nothing = (): void => undefined;
  return { write, reopen: nothing, flush: nothing, close: nothing };
}

/**
 * A structured log in SPIRE's formats and levels.
 *
 * One record is one line, whatever is in its fields; stacks and unknown objects are never written.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE` when the file cannot be opened.
 * @spec SPIRE logs (log_level, log_format, log_file)
 */
export function createLogger(options: LogOptions = {}): LogSystem {
  const { level: launchLevel = 'info', format = 'text', clock = systemClock } = options;
  const target = destinationOf(options);
  const log = pino(
    { level: pinoLevel(launchLevel), customLevels: { panic: PANIC }, base: null, timestamp: false },
    spelling(format, clock, (line) => target.write(line)),
  );
  const logger = wrap(log, {}, options.sourceLocation === true);
  const reopen = (): void => {
    try {
      target.reopen();
    } catch (error) {
      logger.error('Could not reopen the log file', { error });
    }
  };
  if (options.reopenOnSignal === true) process.on('SIGUSR2', reopen);
  let current: LogLevel = launchLevel;
  const setLevel = (level: LogLevel): void => {
    current = level;
    log.level = pinoLevel(level);
  };
  return {
    logger,
    launchLevel,
    level: () => current,
    setLevel,
    resetLevel: () => setLevel(launchLevel),
    reopen,
    flush: () => target.flush(),
    close() {
      process.off('SIGUSR2', reopen);
      target.close();
    },
  };
}
