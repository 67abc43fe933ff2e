import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './program.ts';

/** What OpenSSL is to verify. */
export interface ChainToVerify {
  /** Leaf first. */
  readonly chainPem: string;
  readonly rootsPem: string;
  /** As `Date.now()` has it. */
  readonly atMs: number;
}

/** Has OpenSSL verify a chain. @returns '' when it is valid, else what OpenSSL says. */
export async function opensslRefusal({ chainPem, rootsPem, atMs }: ChainToVerify): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signet-openssl-'));
  try {
    const [chain, roots] = [join(folder, 'chain.pem'), join(folder, 'roots.pem')];
    await Promise.all([writeFile(chain, chainPem), writeFile(roots, rootsPem)]);
    const at = String(Math.floor(atMs / 1000));
    const { code, stdout, stderr } = await runCommand(
      ['openssl', 'verify', '-no-CApath', '-no-CAstore', '-x509_strict'],
      ['-attime', at, '-CAfile', roots, '-untrusted', chain, chain],
    );
    return code === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
