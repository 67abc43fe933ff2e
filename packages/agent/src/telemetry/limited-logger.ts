import { LineLimiter, type LogFields, type Logger } from '@signet/daemon';
import type { PluginLogger } from '@signet/plugins';

/** Of each text. */
const LINES_A_MINUTE = 60;

/** A plugin's logger. What a plugin says of a call of a workload can be had said any number of times: it fills no disk. */
export function limitedLogger(logger: Logger, most: number = LINES_A_MINUTE): PluginLogger {
  const lines = new LineLimiter({
    most,
    report: (line, count) => logger.warn('More of these lines were held back', { line, count }),
  });
  return {
    debug: (message, fields?: LogFields) => logger.debug(message, fields),
    info: (message, fields?: LogFields) => logger.info(message, fields),
    warn: (message, fields?: LogFields) => {
      if (lines.admit(message)) logger.warn(message, fields);
    },
    error: (message, fields?: LogFields) => {
      if (lines.admit(message)) logger.error(message, fields);
    },
  };
}
