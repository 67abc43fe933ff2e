import type { OperatorRecordedRevocationOutput, WireRevocationReasonOutput } from '@signet/api';
import { goTime } from '@signet/daemon';
import { labelledLine } from './labelled-line.ts';

const REASON_PREFIX = 'REVOCATION_REASON_';

/** A revocation as people read it: a line for each value that there is. */
export function revocationBlock({ revocation, actor, comment }: OperatorRecordedRevocationOutput): string {
  if (revocation === null) return '';
  const { x509_svid: x509, jwt_svid: jwt, task, subject } = revocation;
  return [
    labelledLine('Revocation', revocation.sequence),
    labelledLine('Serial number', x509?.serial.toString('hex') ?? ''),
    labelledLine('Authority', x509?.authority_key_id.toString('hex') ?? ''),
    labelledLine('JTI', jwt?.jti ?? ''),
    labelledLine('Task', task?.task_id ?? ''),
    labelledLine(
      'SPIFFE ID',
      subject == null ? '' : `${subject.spiffe_id}${subject.is_prefix ? ', and all below it' : ''}`,
    ),
    labelledLine('Issued until', subject == null ? '' : goTime(subject.issued_until)),
    labelledLine('Reason', reasonText(revocation.reason)),
    labelledLine('By', actor),
    labelledLine('Comment', comment),
    labelledLine('Revoked at', goTime(revocation.revoked_at)),
    labelledLine('Holds until', goTime(revocation.expires_at)),
  ].join('');
}

/** As CRLs and the flags say it: `keyCompromise`. */
function reasonText(reason: WireRevocationReasonOutput): string {
  const words = reason.slice(REASON_PREFIX.length).toLowerCase().split('_');
  return words.map((word, at) => (at === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('');
}
