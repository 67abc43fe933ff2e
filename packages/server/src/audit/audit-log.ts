import { type LogFields, type Logger } from '@signet/daemon';
import { type AuditEvent, type AuditItem, type AuditSink } from './audit-event.ts';

/** Drops what it is given; for an audit log that is switched off. */
export const noAuditSink: AuditSink = { record: () => undefined };

/**
 * Writes audit events into the log, one `API accessed` line per call, or per item of a batch call that was let in.
 *
 * @spec spire-server-api §3 audit log
 */
export function createAuditLog(logger: Logger, codeName: (code: number) => string): AuditSink {
  return {
    record: (event) => {
      const common = commonFields(event);
      if (event.items.length === 0) logger.info('API accessed', { ...common, ...event.fields, ...outcome(event, codeName) });
      for (const item of event.items) {
        logger.info('API accessed', { ...common, ...event.fields, ...item.fields, ...outcome(item, codeName) });
      }
    },
  };
}

function commonFields(event: AuditEvent): LogFields {
  const [, service = '', method = ''] = /^\/(.*)\/([^/]*)$/.exec(event.method) ?? [];
  return {
    type: 'audit',
    request_id: event.requestId,
    service: service.replace(/^spire\.api\.server\./, ''),
    method,
    ...callerFields(event),
    ...(event.authorizedAs !== undefined && { authorized_as: event.authorizedAs }),
    ...(event.authorizedVia !== undefined && { authorized_via: event.authorizedVia }),
    ...(event.reason !== undefined && { reason: event.reason }),
  };
}

function callerFields({ caller }: AuditEvent): LogFields {
  if (caller === undefined) return {};
  if (caller.kind === 'local') return { caller_uid: caller.uid, caller_gid: caller.gid, caller_pid: caller.pid };
  return { caller_addr: caller.address, ...(caller.svid && { caller_id: caller.svid.id.uri }) };
}

function outcome(of: Pick<AuditItem, 'statusCode' | 'statusMessage'>, codeName: (code: number) => string): LogFields {
  if (of.statusCode === 0) return { status: 'success' };
  return { status: 'error', status_code: codeName(of.statusCode), status_message: of.statusMessage };
}
