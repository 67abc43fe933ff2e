/** SPIRE's levels, most severe first. */
export const logLevels = ['panic', 'fatal', 'error', 'warning', 'info', 'debug', 'trace'] as const;

/** One of SPIRE's levels. */
export type LogLevel = (typeof logLevels)[number];

/** Reads a level in any case; `warn` is `warning`. @returns undefined when it is none. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const wanted = text.toLowerCase();
  return wanted === 'warn' ? 'warning' : logLevels.find((level) => level === wanted);
}
