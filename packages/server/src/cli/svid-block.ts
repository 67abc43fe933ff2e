import type { IssuedSVIDOutput } from '@signet/api';
import { goTime } from '@signet/daemon';
import { labelledLine, labelledLines } from './labelled-line.ts';

/** Also as `agent list` has it. */
function serialLines(hex: string): string {
  const decimal = /^[0-9a-f]+$/.test(hex) ? BigInt(`0x${hex}`).toString() : '';
  return labelledLine('Serial number', hex) + labelledLine('In decimal', decimal);
}

/** An issued SVID as people read it: a line for each value that there is. */
export function svidBlock(svid: IssuedSVIDOutput): string {
  const isX509 = svid.kind === 'SVID_KIND_X509';
  return [
    labelledLine('SPIFFE ID', svid.spiffe_id),
    labelledLine('Type', isX509 ? 'X509-SVID' : 'JWT-SVID'),
    isX509 ? serialLines(svid.serial) : labelledLine('JTI', svid.jti === '' ? '(none)' : svid.jti),
    labelledLine('Authority', svid.authority_id),
    labelledLine('Entry ID', svid.entry_id),
    labelledLine('Agent', svid.agent_id),
    labelledLine('Task', svid.task_id),
    labelledLines('Evidence', svid.evidence),
    labelledLines('Audience', svid.audience),
    labelledLine('Issued at', goTime(svid.issued_at)),
    labelledLine('Expiration time', goTime(svid.expires_at)),
    svid.revocation === '0'
      ? ''
      : labelledLine('Revoked at', `${goTime(svid.revoked_at)} (revocation ${svid.revocation})`),
  ].join('');
}
