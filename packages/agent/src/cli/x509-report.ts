import type { WorkloadX509SVIDOutput, WorkloadX509SVIDResponseOutput } from '@signet/api';
import {
  type Certificate,
  parseCertificateSequence,
  parseTrustDomain,
  type UnixSeconds,
  verifyX509Svid,
  X509Bundle,
} from '@signet/core';
import { goTime } from '@signet/daemon';

/** One SVID of an answer, taken apart. */
export interface ReceivedSvid {
  readonly spiffeId: string;
  readonly hint: string;
  readonly chain: readonly Certificate[];
  readonly bundle: readonly Certificate[];
}

/** The bundles of other trust domains in an answer, by their ID. */
export type FederatedBundles = readonly (readonly [string, readonly Certificate[]])[];

/**
 * Takes an answer apart, and checks every SVID against its bundle, so that nothing is shown that would not work.
 *
 * @throws {SignetError} with what is wrong about it.
 */
export function readX509Answer(
  answer: WorkloadX509SVIDResponseOutput,
  at: UnixSeconds,
): { svids: readonly ReceivedSvid[]; federated: FederatedBundles } {
  return {
    svids: answer.svids.map((svid) => readSvid(svid, at)),
    federated: Object.entries(answer.federated_bundles)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, der]) => [id, parseCertificateSequence(der)] as const),
  };
}

function readSvid(wire: WorkloadX509SVIDOutput, at: UnixSeconds): ReceivedSvid {
  const chain = parseCertificateSequence(wire.x509_svid);
  const bundle = parseCertificateSequence(wire.bundle);
  const trustDomain = parseTrustDomain(wire.spiffe_id);
  const source = new X509Bundle(trustDomain, bundle);
  verifyX509Svid(
    chain.map(({ der }) => der),
    { bundles: { x509Bundle: (wanted) => (wanted.equals(trustDomain) ? source : undefined) }, at },
  );
  return { spiffeId: wire.spiffe_id, hint: wire.hint, chain, bundle };
}

/** The block that a person reads. @param elapsedMs - time until the answer came; undefined leaves the hints out too. */
export function x509Report(
  { svids, federated }: ReturnType<typeof readX509Answer>,
  elapsedMs: number,
  withHints = true,
): string {
  const head = `Received ${svids.length} svid${svids.length === 1 ? '' : 's'} after ${elapsedMs.toFixed(6)}ms\n`;
  const blocks = svids.map((svid) => [
    `SPIFFE ID:\t\t${svid.spiffeId}`,
    ...(withHints && svid.hint !== '' ? [`Hint:\t\t\t${svid.hint}`] : []),
    ...svid.chain.flatMap((certificate, index) =>
      validity(index === 0 ? 'SVID' : `Intermediate #${index}`, certificate),
    ),
    ...svid.bundle.flatMap((certificate, index) => validity(`CA #${index + 1}`, certificate)),
    ...federated.flatMap(([id, bundle]) =>
      bundle.flatMap((certificate, index) => validity(`[${id}] CA #${index + 1}`, certificate)),
    ),
    '',
  ]);
  return `${[head, ...blocks.flat()].join('\n')}\n`;
}

function validity(name: string, { notBefore, notAfter }: Certificate): string[] {
  return [`${name} Valid After:\t${goTime(notBefore)}`, `${name} Valid Until:\t${goTime(notAfter)}`];
}
