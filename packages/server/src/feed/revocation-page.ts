import { type Revocation } from '@signet/core';
import { type RevocationSource } from './revocation-source.ts';

/** Bytes of one page: far below what an agent takes, and little enough that no other stream waits for it. */
const PAGE_BYTES = 64 * 1024;
const MAX_RECORDS = 1000;
/** Of a record on the wire without its SPIFFE ID, at most. */
const RECORD_BYTES = 64;

/** A part of the revocations. */
export interface RevocationPage {
  readonly revocations: readonly Revocation[];
  /** Newest that the agent holds once it has taken these. */
  readonly latest: number;
  readonly more: boolean;
}

/** The next revocations after that sequence, as many as fit into one message. */
export function revocationPage(source: RevocationSource, after: number): RevocationPage {
  const found = source.after(after, MAX_RECORDS);
  const revocations = found.slice(0, fitting(found));
  const last = revocations.at(-1)?.sequence ?? after;
  const more = revocations.length < found.length || found.length === MAX_RECORDS;
  return { revocations, latest: more ? last : Math.max(last, source.latest), more };
}

function fitting(revocations: readonly Revocation[]): number {
  let bytes = 0;
  const tooMuch = revocations.findIndex(({ target }, i) => {
    bytes += RECORD_BYTES + variableBytes(target);
    return i > 0 && bytes > PAGE_BYTES;
  });
  return tooMuch < 0 ? revocations.length : tooMuch;
}

function variableBytes(target: Revocation['target']): number {
  switch (target.kind) {
    case 'x509':
      return target.authorityId.length;
    case 'jwt':
      return target.jti.length;
    case 'task':
      return target.taskId.length;
    case 'subject':
      return target.spiffeId.length;
  }
}
