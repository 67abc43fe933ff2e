import {
  parseSpiffeId,
  type Revocation,
  type RevocationReason,
  type RevocationTarget,
  SignetError,
} from '@signet/core';
import type { RevocationInput, RevocationOutput } from '../gen/signet/types/v1/Revocation.ts';
import type { RevocationReasonOutput } from '../gen/signet/types/v1/RevocationReason.ts';

const REASON_NAMES: Readonly<Record<RevocationReason, RevocationReasonOutput>> = {
  unspecified: 'REVOCATION_REASON_UNSPECIFIED',
  keyCompromise: 'REVOCATION_REASON_KEY_COMPROMISE',
  superseded: 'REVOCATION_REASON_SUPERSEDED',
  cessationOfOperation: 'REVOCATION_REASON_CESSATION_OF_OPERATION',
  privilegeWithdrawn: 'REVOCATION_REASON_PRIVILEGE_WITHDRAWN',
};

const reasons: ReadonlyMap<string, RevocationReason> = new Map(
  Object.entries(REASON_NAMES).map(([reason, name]) => [name, reason as RevocationReason]),
);

const MAX_KEY_ID_OCTETS = 64;
const MAX_SERIAL_OCTETS = 20;
const MAX_NAME_CHARACTERS = 256;

/** The wire's name of a reason. */
export function revocationReasonToWire(reason: RevocationReason): RevocationReasonOutput {
  return REASON_NAMES[reason];
}

/** The reason of a message; `unspecified` for one that this version does not know. */
export function revocationReasonFromWire(wire: RevocationReasonOutput): RevocationReason {
  return reasons.get(wire) ?? 'unspecified';
}

/** A revocation as the APIs carry it. */
export function revocationToWire(revocation: Revocation): RevocationInput {
  const { sequence, reason, revokedAt, expiresAt, target } = revocation;
  return {
    sequence,
    reason: REASON_NAMES[reason],
    revoked_at: revokedAt,
    expires_at: expiresAt,
    ...targetToWire(target),
  };
}

/**
 * Reads a revocation.
 *
 * @throws {SignetError} `ERR_INVALID_ARGUMENT` a field is out of its bounds; `ERR_UNIMPLEMENTED` it revokes something of
 *   a kind that this version does not know, so that the reader is not current without it. SPIFFE IDs: the parser's codes.
 */
export function revocationFromWire(wire: RevocationOutput): Revocation {
  return {
    sequence: wholeNumber(wire.sequence, 1, 'sequence'),
    reason: revocationReasonFromWire(wire.reason),
    revokedAt: wholeNumber(wire.revoked_at, 0, 'time'),
    expiresAt: wholeNumber(wire.expires_at, 0, 'expiry'),
    target: targetFromWire(wire),
  };
}

type WireTarget = Pick<RevocationInput, 'x509_svid' | 'jwt_svid' | 'task' | 'subject'>;

function targetToWire(target: RevocationTarget): WireTarget {
  switch (target.kind) {
    case 'x509': {
      const serial = Buffer.from(target.serialHex, 'hex');
      return { x509_svid: { authority_key_id: Buffer.from(target.authorityId, 'hex'), serial } };
    }
    case 'jwt':
      return { jwt_svid: { jti: target.jti } };
    case 'task':
      return { task: { task_id: target.taskId } };
    case 'subject': {
      const { spiffeId, isPrefix, issuedUntil } = target;
      return { subject: { spiffe_id: spiffeId, is_prefix: isPrefix, issued_until: issuedUntil } };
    }
  }
}

function targetFromWire({ x509_svid, jwt_svid, task, subject }: RevocationOutput): RevocationTarget {
  if (x509_svid) {
    const { authority_key_id: keyId, serial } = x509_svid;
    if (keyId.length === 0 || keyId.length > MAX_KEY_ID_OCTETS) throw invalid('authority');
    return { kind: 'x509', authorityId: keyId.toString('hex'), serialHex: serialFromWire(serial) };
  }
  if (jwt_svid) return { kind: 'jwt', jti: name(jwt_svid.jti, 'jti') };
  if (task) return { kind: 'task', taskId: name(task.task_id, 'task ID') };
  if (subject) {
    const spiffeId = parseSpiffeId(subject.spiffe_id).uri;
    const issuedUntil = wholeNumber(subject.issued_until, 0, 'time of issue');
    return { kind: 'subject', spiffeId, isPrefix: subject.is_prefix, issuedUntil };
  }
  throw new SignetError('ERR_UNIMPLEMENTED', 'revocation of an unknown kind of credential');
}

function serialFromWire(serial: Uint8Array): string {
  if (serial.length === 0 || serial.length > MAX_SERIAL_OCTETS || serial[0] === 0)
    throw invalid('serial number');
  return Buffer.from(serial).toString('hex');
}

function wholeNumber(text: string, least: number, what: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw invalid(what);
  return value;
}

function name(text: string, what: string): string {
  if (text === '' || text.length > MAX_NAME_CHARACTERS) throw invalid(what);
  return text;
}

function invalid(what: string): SignetError {
  return new SignetError('ERR_INVALID_ARGUMENT', `revocation has an invalid ${what}`);
}
