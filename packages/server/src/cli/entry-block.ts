import type { WireEntryOutput, WireTaskPolicyOutput } from '@signet/api';
import { goTime } from '@signet/daemon';
import { spiffeIdText } from './go-text.ts';

const LABEL_WIDTH = 24;

function line(label: string, value: string | number): string {
  return `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

function optional(label: string, value: boolean): string {
  return value ? line(label, 'true') : '';
}

function ttl(seconds: number): string | number {
  return seconds === 0 ? 'default' : seconds;
}

function lines(label: string, values: readonly string[]): string {
  return values.map((value) => line(label, value)).join('');
}

/**
 * An entry as people and SPIRE's scripts read it: a line for each value, then an empty one.
 *
 * @param policy - what it says of tasks, if anything.
 */
export function entryBlock(entry: WireEntryOutput, policy?: WireTaskPolicyOutput): string {
  const attributes = entry.additional_attributes;
  return [
    line('Entry ID', entry.id === '' ? '(none)' : entry.id),
    line('SPIFFE ID', spiffeIdText(entry.spiffe_id)),
    line('Parent ID', spiffeIdText(entry.parent_id)),
    line('Revision', entry.revision_number),
    optional('Downstream', entry.downstream),
    line('X509-SVID TTL', ttl(entry.x509_svid_ttl)),
    line('JWT-SVID TTL', ttl(entry.jwt_svid_ttl)),
    entry.expires_at === '0' ? '' : line('Expiration time', goTime(entry.expires_at)),
    lines(
      'Selector',
      entry.selectors.map(({ type, value }) => `${type}:${value}`),
    ),
    lines('FederatesWith', entry.federates_with),
    lines('DNS name', entry.dns_names),
    optional('Admin', entry.admin),
    optional('StoreSvid', entry.store_svid),
    entry.hint === '' ? '' : line('Hint', entry.hint),
    optional('DisableX509SvidPrefetch', attributes?.disable_x509_svid_prefetch ?? false),
    optional('JwtSvidIncludeJti', attributes?.jwt_svid_include_jti ?? false),
    policy === undefined ? '' : taskPolicyLines(policy),
    '\n',
  ].join('');
}

/** What an entry says of tasks: a line for each value. */
export function taskPolicyLines({ is_task_only, max_ttl, offline_lease }: WireTaskPolicyOutput): string {
  return [
    line('Task-only', String(is_task_only)),
    line('Task max TTL', max_ttl === 0 ? 'default' : max_ttl),
    line('Task offline lease', offline_lease),
  ].join('');
}
