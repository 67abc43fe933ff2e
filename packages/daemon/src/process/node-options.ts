const HARMLESS: ReadonlySet<string> = new Set([
  '--abort-on-uncaught-exception',
  '--conditions',
  '-C',
  '--disable-sigusr1',
  '--disable-proto',
  '--disable-warning',
  '--disallow-code-generation-from-strings',
  '--dns-result-order',
  '--experimental-vm-modules',
  '--expose-gc',
  '--frozen-intrinsics',
  '--max-http-header-size',
  '--max-old-space-size',
  '--max-semi-space-size',
  '--no-deprecation',
  '--no-warnings',
  '--secure-heap',
  '--secure-heap-min',
  '--stack-trace-limit',
  '--trace-deprecation',
  '--trace-uncaught',
  '--trace-warnings',
  '--unhandled-rejections',
  '--v8-pool-size',
]);

function optionName(word: string): string {
  return word.split('=', 1)[0] ?? word;
}

/**
 * The options that could make the program run foreign code, open a debugger or write its memory to disk: everything
 * that is not known to be harmless.
 *
 * @param options - words of NODE_OPTIONS, or node's own arguments; values that stand apart are ignored.
 */
export function hostileOptions(options: readonly string[]): readonly string[] {
  const names = options
    .filter((word) => word.startsWith('-'))
    .map((word) => optionName(word.replaceAll('_', '-')));
  return names.filter((name) => !HARMLESS.has(name));
}
