import { LineLimiter, type LogFields, type Logger } from '@signet/daemon';
import { type AuditEvent, type AuditItem, type AuditSink } from './audit-event.ts';

/**
 * Writes audit events into the log, one `API accessed` line per call, or per item of a batch call that was let in.
 *
 * @spec spire-server-api §3 audit log
 */
export function createAuditLog(logger: Logger, codeName: (code: number) => string): AuditSink {
  return {
    record: (event) => {
      const common = commonFields(event);
      if (event.items.length === 0)
        logger.info('API accessed', { ...common, ...event.fields, ...outcome(event, codeName) });
      for (const item of event.items) {
        logger.info('API accessed', {
          ...common,
          ...event.fields,
          ...item.fields,
          ...outcome(item, codeName),
        });
      }
    },
  };
}

/** gRPC codes of refusals that an operator should see: who was turned away, and what went wrong in here. */
const NOTABLE: ReadonlySet<string> = new Set(['PermissionDenied', 'Unauthenticated', 'Internal']);

/**
 * In place of the audit log when that is off: a line for a call that was refused or failed.
 *
 * Whoever reaches the port can be refused as often as he likes: of each reason and kind of caller a few lines a minute
 * are written, and how many more there were.
 */
export function createRefusalLog(logger: Logger, codeName: (code: number) => string): AuditSink {
  const lines = new LineLimiter({
    report: (refused, count) => logger.warn('More calls refused', { refused, count }),
  });
  return {
    record: (event) => {
      if (event.statusCode === 0) return;
      const code = codeName(event.statusCode);
      const isNotable = NOTABLE.has(code);
      if (isNotable && !lines.admit(`${event.reason ?? code}, ${kindOfCaller(event)}`)) return;
      const fields = { ...callFields(event), ...event.fields, ...outcome(event, codeName) };
      if (isNotable) logger.warn('Call refused', fields);
      else logger.debug('Call refused', fields);
    },
  };
}

function commonFields(event: AuditEvent): LogFields {
  return { type: 'audit', ...callFields(event) };
}

function callFields(event: AuditEvent): LogFields {
  const [, service = '', method = ''] = /^\/(.*)\/([^/]*)$/.exec(event.method) ?? [];
  return {
    request_id: event.requestId,
    service: service.replace(/^spire\.api\.server\./, ''),
    method,
    ...callerFields(event),
    ...(event.authorizedAs !== undefined && { authorized_as: event.authorizedAs }),
    ...(event.authorizedVia !== undefined && { authorized_via: event.authorizedVia }),
    ...(event.reason !== undefined && { reason: event.reason }),
  };
}

/** So that those whom anybody can cause hide no others. */
function kindOfCaller({ caller }: AuditEvent): string {
  if (caller === undefined || caller.kind === 'local') return caller?.kind ?? 'unknown';
  return caller.svid === undefined ? 'without SVID' : 'with SVID';
}

function callerFields({ caller }: AuditEvent): LogFields {
  if (caller === undefined) return {};
  if (caller.kind === 'local')
    return { caller_uid: caller.uid, caller_gid: caller.gid, caller_pid: caller.pid };
  return { caller_addr: caller.address, ...(caller.svid && { caller_id: caller.svid.id.uri }) };
}

function outcome(
  of: Pick<AuditItem, 'statusCode' | 'statusMessage'>,
  codeName: (code: number) => string,
): LogFields {
  if (of.statusCode === 0) return { status: 'success' };
  return { status: 'error', status_code: codeName(of.statusCode), status_message: of.statusMessage };
}
