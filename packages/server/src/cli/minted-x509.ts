import { encodePem } from '@signet/core';
import { type CommandContext, type FlagTable, printOutput } from '@signet/daemon';
import { join } from 'node:path';
import { writeMintedFile } from './mint-file.ts';

/** An X509-SVID with its key and what it verifies with; the fields are those of SPIRE's JSON, the values DER. */
export interface MintedX509 {
  readonly x509_svid: readonly Uint8Array[];
  readonly private_key: Uint8Array;
  readonly root_cas: readonly Uint8Array[];
}

/** Prints all of it, the key too. */
export function printMintedX509(context: CommandContext<FlagTable>, minted: MintedX509): void {
  const { svid, key, roots } = pemOf(minted);
  printOutput(context, minted, () => `X509-SVID:\n${svid}\nPrivate key:\n${key}\nRoot CAs:\n${roots}\n`);
}

/** Writes `svid.pem`, `key.pem` and `bundle.pem` to a directory, and says so. */
export async function writeMintedX509(
  context: Pick<CommandContext<FlagTable>, 'out'>,
  minted: MintedX509,
  directory: string,
): Promise<void> {
  const { svid, key, roots } = pemOf(minted);
  const files = [
    ['SVID', 'X509-SVID', 'svid.pem', svid, 0o644],
    ['key', 'Private key', 'key.pem', key, 0o600],
    ['bundle', 'Root CAs', 'bundle.pem', roots, 0o644],
  ] as const;
  for (const [noun, title, name, content, mode] of files) {
    const path = join(directory, name);
    await writeMintedFile(noun, path, content, mode);
    context.out(`${title} written to ${path}\n`);
  }
}

function pemOf(minted: MintedX509): { readonly svid: string; readonly key: string; readonly roots: string } {
  return {
    svid: certificates(minted.x509_svid),
    key: encodePem('PRIVATE KEY', minted.private_key),
    roots: certificates(minted.root_cas),
  };
}

function certificates(chain: readonly Uint8Array[]): string {
  return chain.map((der) => encodePem('CERTIFICATE', der)).join('');
}
