import { join } from 'node:path';
import type { WorkloadX509SVIDResponseOutput } from '@signet/api';
import { encodePem, parseCertificateSequence } from '@signet/core';
import { systemReason, writeFileAtomic } from '@signet/daemon';

const PUBLIC = 0o644;
const PRIVATE = 0o600;

/** Writes an answer to a folder: `svid.N.pem`, `svid.N.key` (for its owner only), `bundle.N.pem`, `federated_bundle.N.M.pem`. */
export async function writeX509Answer(
  answer: WorkloadX509SVIDResponseOutput,
  folder: string,
  say: (text: string) => void,
): Promise<void> {
  const federated = Object.entries(answer.federated_bundles).sort(([a], [b]) => (a < b ? -1 : 1));
  const write = async (what: string, name: string, text: string, mode: number): Promise<void> => {
    const path = join(folder, name);
    say(`Writing ${what} to file ${path}.\n`);
    await writeFileAtomic(path, text, { mode }).catch((cause: unknown) => {
      // The system's own words name a temporary file.
      throw new Error(`open ${path}: ${systemReason(cause)}`, { cause });
    });
  };
  for (const [index, svid] of answer.svids.entries()) {
    await write(`SVID #${index}`, `svid.${index}.pem`, certificates(svid.x509_svid), PUBLIC);
    await write(`key #${index}`, `svid.${index}.key`, encodePem('PRIVATE KEY', svid.x509_svid_key), PRIVATE);
    await write(`bundle #${index}`, `bundle.${index}.pem`, certificates(svid.bundle), PUBLIC);
    for (const [number, [id, der]] of federated.entries()) {
      const name = `federated_bundle.${index}.${number}.pem`;
      await write(`federated bundle #${number} for trust domain ${id}`, name, certificates(der), PUBLIC);
    }
  }
}

function certificates(der: Uint8Array): string {
  return parseCertificateSequence(der)
    .map((certificate) => encodePem('CERTIFICATE', certificate.der))
    .join('');
}
