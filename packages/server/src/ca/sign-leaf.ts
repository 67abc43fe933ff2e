import {
  CsrError,
  SignetError,
  assembleSigned,
  buildX509SvidTbs,
  lintX509Svid,
  parseCsr,
  verifyCsrSignature,
  type CertificateRequest,
  type X509SvidFields,
} from '@signet/core';
import type { ManagedKey } from '@signet/plugins';
import { readCsrNames } from './csr-names.ts';
import { nextSerial } from './serial-source.ts';
import type { LeafIssuer, LeafOrder, LeafOutcome, SigningFault } from './leaf-order.ts';

interface UnsignedLeaf {
  readonly fields: X509SvidFields;
  readonly tbs: Uint8Array;
}

/** Checks, builds, signs and lints one leaf on the calling thread. */
export function signLeaf(
  order: LeafOrder,
  issuer: LeafIssuer,
  sign: (tbs: Uint8Array) => Uint8Array,
): LeafOutcome {
  try {
    const leaf = prepareLeaf(order, issuer);
    const signature = step('sign', () => sign(leaf.tbs));
    return completeLeaf(leaf, issuer, signature);
  } catch (error) {
    return refusedOutcome(error);
  }
}

/** The same with a key that is not in this process. */
export async function signLeafRemotely(
  order: LeafOrder,
  issuer: LeafIssuer,
  key: ManagedKey,
): Promise<LeafOutcome> {
  try {
    const leaf = prepareLeaf(order, issuer);
    const signature = await key.sign(leaf.tbs);
    return completeLeaf(leaf, issuer, signature);
  } catch (error) {
    return refusedOutcome(error);
  }
}

/** What the CSR does not decide is the same in every leaf. */
function prepareLeaf(order: LeafOrder, issuer: LeafIssuer): UnsignedLeaf {
  const csr = step('parse', () => parseCsr(order.csrDer));
  step('signature', () => provePossession(csr, issuer));
  const names = step('names', () => namesOf(order, csr, issuer));
  return step('sign', () => {
    const { notBefore, notAfter, taskId } = order;
    const fields = {
      ...names,
      serial: nextSerial(),
      spkiDer: csr.spkiDer,
      notBefore,
      notAfter,
      taskId,
    };
    return { fields, tbs: buildX509SvidTbs(issuer.profile, fields) };
  });
}

function namesOf(
  order: LeafOrder,
  csr: CertificateRequest,
  issuer: LeafIssuer,
): Pick<X509SvidFields, 'spiffeId' | 'dnsNames' | 'subject'> {
  if (order.names !== 'csr') return order.names;
  return { ...readCsrNames(csr, issuer.trustDomain), subject: csr.subjectDer };
}

function completeLeaf({ fields, tbs }: UnsignedLeaf, issuer: LeafIssuer, signature: Uint8Array): LeafOutcome {
  const der = assembleSigned(tbs, issuer.profile.scheme.algorithmDer, signature);
  step('sign', () => lintX509Svid(der, { ...fields, issuer: issuer.profile }));
  return { ok: true, der, spiffeId: fields.spiffeId, serial: fields.serial };
}

function provePossession(csr: CertificateRequest, issuer: LeafIssuer): void {
  verifyCsrSignature(csr);
  if (issuer.ownKeys.has(Buffer.from(csr.spkiDer).toString('hex'))) {
    throw new CsrError('ERR_CSR_KEY', 'the public key is that of an authority');
  }
}

/** Carries a fault out of the step it happened in. */
class LeafRefusal extends Error {
  readonly fault: SigningFault;

  constructor(fault: SigningFault) {
    super(fault.message);
    this.fault = fault;
  }
}

function step<T>(phase: SigningFault['phase'], run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SignetError)
      throw new LeafRefusal({ phase, code: error.code, message: error.message });
    throw error;
  }
}

function refusedOutcome(error: unknown): LeafOutcome {
  if (error instanceof LeafRefusal) return { ok: false, fault: error.fault };
  const message = error instanceof SignetError ? error.message : 'internal error';
  return { ok: false, fault: { phase: 'sign', code: 'ERR_SIGNING_FAILED', message } };
}
