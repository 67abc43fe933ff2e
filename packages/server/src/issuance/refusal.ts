import { AuthorityError, CsrError, type ErrorCode, type SignetError } from '@signet/core';
import type { SigningFault } from '../ca/leaf-order.ts';

/** The text in front of each kind of fault; every RPC words them differently. */
export interface RefusalTexts {
  readonly parse: string;
  readonly signature: string;
  readonly sign: string;
}

/** MintX509SVID's words. */
export const mintTexts: RefusalTexts = {
  parse: 'malformed CSR',
  signature: 'failed to verify CSR signature',
  sign: 'failed to sign X509-SVID',
};

/** BatchNewX509SVID's words. */
export const entryTexts: RefusalTexts = {
  parse: 'malformed CSR',
  signature: 'invalid CSR signature',
  sign: 'failed to sign X509-SVID',
};

/** AttestAgent's and RenewAgent's words. */
export const agentTexts: RefusalTexts = {
  parse: 'failed to parse CSR',
  signature: 'failed to parse CSR',
  sign: 'failed to sign X509 SVID',
};

/** The error that a caller is told for a fault of the signer. */
export function refusalOf(fault: SigningFault, texts: RefusalTexts): SignetError {
  if (fault.phase === 'names') return new CsrError(fault.code, fault.message);
  const message = `${texts[fault.phase]}: ${fault.message}`;
  return fault.phase === 'sign'
    ? new AuthorityError(signingCode(fault.code), message)
    : new CsrError(fault.code, message);
}

/** What went wrong inside the authority stays one code, save what the caller may wait out. */
function signingCode(code: ErrorCode): ErrorCode {
  return temporary.has(code) ? code : 'ERR_SIGNING_FAILED';
}

const temporary: ReadonlySet<ErrorCode> = new Set([
  'ERR_SIGNING_WORKER_LOST',
  'ERR_SIGNING_QUEUE_FULL',
  'ERR_AUTHORITY_NOT_READY',
  'ERR_ABORTED',
]);
