import type { OperatorRecordedRevocationOutput, WireRevocationReasonOutput } from '@signet/api';
import { goTime } from '@signet/daemon';

const LABEL_WIDTH = 16;
const REASON_PREFIX = 'REVOCATION_REASON_';

function line(label: string, value: string): string {
  return value === '' ? '' : `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

/** A revocation as people read it: a line for each value that there is. */
export function revocationBlock({ revocation, actor, comment }: OperatorRecordedRevocationOutput): string {
  if (revocation === null) return '';
  const { x509_svid: x509, jwt_svid: jwt, task, subject } = revocation;
  return [
    line('Revocation', revocation.sequence),
    line('Serial number', x509?.serial.toString('hex') ?? ''),
    line('Authority', x509?.authority_key_id.toString('hex') ?? ''),
    line('JTI', jwt?.jti ?? ''),
    line('Task', task?.task_id ?? ''),
    line(
      'SPIFFE ID',
      subject == null ? '' : `${subject.spiffe_id}${subject.is_prefix ? ', and all below it' : ''}`,
    ),
    line('Issued until', subject == null ? '' : goTime(subject.issued_until)),
    line('Reason', reasonText(revocation.reason)),
    line('By', actor),
    line('Comment', comment),
    line('Revoked at', goTime(revocation.revoked_at)),
    line('Holds until', goTime(revocation.expires_at)),
  ].join('');
}

/** As CRLs and the flags say it: `keyCompromise`. */
function reasonText(reason: WireRevocationReasonOutput): string {
  const words = reason.slice(REASON_PREFIX.length).toLowerCase().split('_');
  return words.map((word, at) => (at === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('');
}
