import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger, statusName } from '@signet/daemon';
import { type AuditEvent, type AuditSink } from './audit-event.ts';
import { createAuditLog, createRefusalLog } from './audit-log.ts';

const event: AuditEvent = {
  atMs: 1,
  requestId: 'r1',
  method: '/spire.api.server.entry.v1.Entry/BatchCreateEntry',
  caller: { kind: 'local', uid: 1, gid: 2, pid: 3 },
  authorizedAs: 'local',
  authorizedVia: 'socket',
  statusCode: 0,
  statusMessage: 'OK',
  fields: {},
  items: [],
};
const denied: AuditEvent = {
  ...event,
  statusCode: 7,
  statusMessage: 'denied',
  reason: 'ERR_AUTHORIZATION_DENIED',
};
const missing: AuditEvent = { ...event, statusCode: 5, statusMessage: 'none', reason: 'ERR_NOT_FOUND' };

function sinkWithLines(create: typeof createAuditLog) {
  const lines: Record<string, unknown>[] = [];
  const { logger } = createLogger({
    level: 'debug',
    format: 'json',
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  return { sink: create(logger, statusName), lines };
}

function linesOf(create: typeof createAuditLog, recorded: AuditEvent) {
  const { sink, lines } = sinkWithLines(create);
  sink.record(recorded);
  for (const line of lines) delete line['time'];
  return lines;
}

function recordOften(sink: AuditSink, recorded: AuditEvent): void {
  for (let times = 0; times < 1000; times += 1) sink.record(recorded);
}

describe('createAuditLog', () => {
  it('writes one line for a call', () => {
    expect(linesOf(createAuditLog, event)).toEqual([
      {
        level: 'info',
        msg: 'API accessed',
        type: 'audit',
        request_id: 'r1',
        service: 'entry.v1.Entry',
        method: 'BatchCreateEntry',
        caller_uid: 1,
        caller_gid: 2,
        caller_pid: 3,
        authorized_as: 'local',
        authorized_via: 'socket',
        status: 'success',
      },
    ]);
  });

  it('writes one line for each item of a batch, with its own outcome', () => {
    const items = [
      { statusCode: 0, statusMessage: 'OK', fields: { registration_id: 'a' } },
      { statusCode: 6, statusMessage: 'exists', fields: {} },
    ];
    expect(linesOf(createAuditLog, { ...event, items })).toMatchObject([
      { registration_id: 'a', status: 'success' },
      { status: 'error', status_code: 'AlreadyExists', status_message: 'exists' },
    ]);
  });

  it('writes a refusal with its reason', () => {
    expect(linesOf(createAuditLog, denied)).toMatchObject([
      { status: 'error', status_code: 'PermissionDenied', reason: 'ERR_AUTHORIZATION_DENIED' },
    ]);
  });
});

describe('createRefusalLog', () => {
  it.each([
    ['nothing of an answered call', event, []],
    [
      'a warning of a refusal',
      denied,
      [{ level: 'warning', msg: 'Call refused', reason: 'ERR_AUTHORIZATION_DENIED' }],
    ],
    [
      'little of an ordinary failure',
      missing,
      [{ level: 'debug', msg: 'Call refused', reason: 'ERR_NOT_FOUND' }],
    ],
  ])('writes %s', (_name, recorded, lines) => {
    const written = linesOf(createRefusalLog, recorded);
    expect(written).toHaveLength(lines.length);
    expect(written).toMatchObject(lines);
    expect(JSON.stringify(written)).not.toContain('audit');
  });

  describe('of refusals by the thousand', () => {
    afterEach(() => void jest.useRealTimers());

    const anonymous = {
      ...denied,
      caller: { kind: 'remote', ip: '192.0.2.1', address: '192.0.2.1:1' },
    } as const;

    it('writes a few, then how many more there were', () => {
      jest.useFakeTimers();
      const { sink, lines } = sinkWithLines(createRefusalLog);
      recordOften(sink, anonymous);
      expect(lines).toHaveLength(20);
      jest.advanceTimersByTime(60_000);
      expect(lines.slice(20)).toMatchObject([
        {
          level: 'warning',
          msg: 'More calls refused',
          refused: 'ERR_AUTHORIZATION_DENIED, without SVID',
          count: 980,
        },
      ]);
    });

    it('writes those of other callers and reasons all the same', () => {
      const { sink, lines } = sinkWithLines(createRefusalLog);
      recordOften(sink, anonymous);
      sink.record(denied);
      sink.record({ ...anonymous, reason: 'ERR_AGENT_BANNED' });
      expect(lines).toHaveLength(22);
    });
  });

  it('the audit log holds back nothing', () => {
    const { sink, lines } = sinkWithLines(createAuditLog);
    recordOften(sink, denied);
    expect(lines).toHaveLength(1000);
  });
});
