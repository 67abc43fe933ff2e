import type { IssuedSVIDOutput } from '@signet/api';
import { goTime } from '@signet/daemon';

const LABEL_WIDTH = 16;

function line(label: string, value: string): string {
  return value === '' ? '' : `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

function lines(label: string, values: readonly string[]): string {
  return values.map((value) => line(label, value)).join('');
}

/** Also as `agent list` has it. */
function serialLines(hex: string): string {
  const decimal = /^[0-9a-f]+$/.test(hex) ? BigInt(`0x${hex}`).toString() : '';
  return line('Serial number', hex) + line('In decimal', decimal);
}

/** An issued SVID as people read it: a line for each value that there is. */
export function svidBlock(svid: IssuedSVIDOutput): string {
  const isX509 = svid.kind === 'SVID_KIND_X509';
  return [
    line('SPIFFE ID', svid.spiffe_id),
    line('Type', isX509 ? 'X509-SVID' : 'JWT-SVID'),
    isX509 ? serialLines(svid.serial) : line('JTI', svid.jti === '' ? '(none)' : svid.jti),
    line('Authority', svid.authority_id),
    line('Entry ID', svid.entry_id),
    line('Agent', svid.agent_id),
    line('Task', svid.task_id),
    lines('Evidence', svid.evidence),
    lines('Audience', svid.audience),
    line('Issued at', goTime(svid.issued_at)),
    line('Expiration time', goTime(svid.expires_at)),
    svid.revocation === '0'
      ? ''
      : line('Revoked at', `${goTime(svid.revoked_at)} (revocation ${svid.revocation})`),
  ].join('');
}
