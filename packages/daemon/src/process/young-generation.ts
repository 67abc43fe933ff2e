import { setFlagsFromString } from 'node:v8';

const OPTION = '--max-semi-space-size';

/**
 * Keeps the part of the heap where objects are made at the size that it has, unless the operator chose one.
 *
 * V8 lets it grow to a hundred megabytes under load. A collection of it then stops the program for longer, ten
 * milliseconds or more, and the memory is never given back; what is lost without it does not show.
 */
export function keepYoungGenerationSmall(): void {
  const options = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  if (options.some((option) => option.replaceAll('_', '-').startsWith(OPTION))) return;
  setFlagsFromString('--semi-space-growth-factor=1');
}
