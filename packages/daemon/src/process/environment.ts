const RUNS_FOREIGN_CODE = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'SSLKEYLOGFILE',
];

/**
 * Deletes the variables that change how child processes run, and those named.
 *
 * Called once the configuration is read; children then get nothing of them. The block that the kernel shows in
 * /proc stays as it was, which is why hardening closes that.
 *
 * @param names - variables that carry something a child must not have.
 */
export function scrubEnvironment(names: readonly string[] = []): void {
  for (const name of [...RUNS_FOREIGN_CODE, ...names]) Reflect.deleteProperty(process.env, name);
}
