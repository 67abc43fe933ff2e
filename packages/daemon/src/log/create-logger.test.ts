import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SignetError, StoreError } from '@signet/core';
import { createLogger, type LogOptions, type LogSystem } from './create-logger.ts';
import { parseLogLevel } from './log-level.ts';
import { temporaryFolder } from '../testdata/temporary-folder.ts';

const clock = { nowMs: () => Date.UTC(2026, 10, 23, 7, 30, 0, 123) };

function collect(options: LogOptions = {}): { readonly log: LogSystem; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: createLogger({ clock, write: (line) => void lines.push(line), ...options }), lines };
}

describe('the text format', () => {
  it.each([
    ['a plain word', 'Started', {}, 'msg=Started'],
    ['fields sorted by key', 'Two words', { b: 1, a: 'x' }, 'msg="Two words" a=x b=1'],
    [
      'quotes where needed',
      'm',
      { a: 'x y', b: 'k=v', c: '"', d: 'spiffe://td/x' },
      'msg=m a="x y" b="k=v" c="\\"" d="spiffe://td/x"',
    ],
    ['an empty value', 'm', { a: '' }, 'msg=m a='],
    ['no undefined', 'm', { a: undefined }, 'msg=m'],
    ['numbers and truth', 'm', { a: 1.5, b: true, c: 10n }, 'msg=m a=1.5 b=true c=10'],
    ['lists', 'm', { a: ['x', 'y'] }, 'msg=m a="[x y]"'],
    [
      'never an object or bytes',
      'm',
      { a: { key: 'k' }, b: new Uint8Array([1]), c: null },
      'msg=m a="[object]" b="[object]" c=null',
    ],
    ['names that are taken', 'm', { level: 'x', msg: 'y' }, 'msg=m fields.level=x fields.msg=y'],
    ['keys of letters only', 'm', { 'a b\n': 1 }, 'msg=m a_b_=1'],
  ])('%s', (_name, message, fields, expected) => {
    const { log, lines } = collect();
    log.logger.info(message, fields);
    expect(lines).toEqual([`time="2026-11-23T07:30:00.123Z" level=info ${expected}\n`]);
  });
});

it('the JSON format has its keys sorted', () => {
  const { log, lines } = collect({ format: 'json' });
  log.logger.warn('Two words', { z: 1, a: 'x', b: true });
  expect(lines).toEqual([
    '{"a":"x","b":true,"level":"warning","msg":"Two words","time":"2026-11-23T07:30:00.123Z","z":1}\n',
  ]);
});

describe('levels', () => {
  it.each([
    ['INFO', 'info'],
    ['Warn', 'warning'],
    ['warning', 'warning'],
    ['PANIC', 'panic'],
    ['loud', undefined],
  ])('%s', (text, level) => {
    expect(parseLogLevel(text)).toBe(level);
  });

  it('keep out what is below, in children too, and change while running', () => {
    const { log, lines } = collect({ level: 'error' });
    const child = log.logger.child({ a: 1 }).subsystem('x');
    child.info('no');
    child.panic('Yes');
    log.setLevel('trace');
    child.trace('Now');
    log.resetLevel();
    child.warn('no');
    expect(lines.map((line) => line.slice(line.indexOf('level=')))).toEqual([
      'level=panic msg=Yes a=1 subsystem_name=x\n',
      'level=trace msg=Now a=1 subsystem_name=x\n',
    ]);
    expect([log.level(), log.launchLevel, child.isEnabled('error'), child.isEnabled('info')]).toEqual([
      'error',
      'error',
      true,
      false,
    ]);
  });
});

describe('the source of a line', () => {
  it('is told when asked for', () => {
    const { log, lines } = collect({ sourceLocation: true });
    log.logger.child({ a: 1 }).info('Here');
    log.logger.subsystem('x').info('There');
    expect(lines[0]).toMatch(/ a=1 file="create-logger\.test\.ts:\d+" func=/);
    expect(lines[1]).toMatch(/ file="create-logger\.test\.ts:\d+"/);
  });

  it('is not looked for otherwise', () => {
    const { log, lines } = collect();
    log.logger.info('Here');
    expect(lines[0]).not.toContain('create-logger.test');
  });
});

describe('errors', () => {
  it('show message, code and causes, never the stack or other properties', () => {
    const { log, lines } = collect();
    const cause = Object.assign(new Error('disk full', { cause: new Error('errno 28') }), {
      password: 'hunter2',
    });
    log.logger.error('Failed', {
      error: new StoreError('ERR_STORE_UNAVAILABLE', 'cannot write', {
        cause,
        details: { token: 'hunter2' },
      }),
    });
    expect(lines[0]).toContain(
      'cause="disk full: errno 28" error="cannot write" error_code=ERR_STORE_UNAVAILABLE',
    );
    expect(lines[0]).not.toContain('hunter2');
    expect(lines[0]).not.toContain('.ts');
  });

  it.each([
    ['a text', 'boo', 'error=boo'],
    ['an object', { secret: 'x' }, 'error="unknown error"'],
    ['no message', new TypeError(), 'error=TypeError'],
    ['a circle of causes', circular(), 'msg=Failed error=a'],
    [
      'a cause that says the same in other words',
      new Error('Attest: refused; do this', { cause: new Error('Attest: refused', { cause: failedCall() }) }),
      'msg=Failed error="Attest: refused; do this"',
    ],
    [
      'a cause of the system that is told in words',
      new Error('cannot open /x: permission denied', {
        cause: Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' }),
      }),
      'msg=Failed error="cannot open /x: permission denied"\n',
    ],
    ['a failed call', failedCall(), 'error=refused error_code=3'],
  ])('of any kind: %s', (_name, error, expected) => {
    const { log, lines } = collect();
    log.logger.error('Failed', { error });
    expect(lines[0]).toContain(expected);
  });

  function failedCall(): Error {
    return Object.assign(new Error('3 INVALID_ARGUMENT: refused'), { code: 3, details: 'refused' });
  }

  function circular(): Error {
    const error = new Error('a');
    error.cause = error;
    return error;
  }
});

describe('whatever is logged (T60)', () => {
  const evil = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '\n',
        '\r',
        '\u001b',
        '\u0085',
        '\u009b',
        '\u202e',
        '\u2028',
        '\ud800',
        '"',
        '=',
        ' ',
        'a',
        '\\',
      ),
    }),
  );
  // eslint-disable-next-line no-control-regex -- that is what must not be there
  const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

  it.each(['text', 'json'] as const)('one record is one safe line of bounded length (%s)', (format) => {
    fc.assert(
      fc.property(evil, evil, evil, (message, key, value) => {
        const { log, lines } = collect({ format });
        log.logger.info(message, { [key]: value, error: new SignetError('ERR_INTERNAL', value) });
        const [line = ''] = lines;
        expect([lines.length, line.indexOf('\n'), unsafe.test(line)]).toEqual([1, line.length - 1, false]);
      }),
      { numRuns: 200 },
    );
  });

  it('JSON can be read again', () => {
    fc.assert(
      fc.property(evil, (value) => {
        const { log, lines } = collect({ format: 'json' });
        log.logger.info('m', { value });
        expect((JSON.parse(lines[0] ?? '') as { value: string }).value).toBe(
          value.length > 1024 ? `${value.slice(0, 1024)}…` : value,
        );
      }),
    );
  });

  it('a field has at most 1 KiB', () => {
    const { log, lines } = collect();
    log.logger.info('x'.repeat(5000), { a: 'y'.repeat(5000) });
    expect(lines[0]?.length).toBeLessThan(2200);
  });
});

describe('the log file', () => {
  it('is private to owner and group, and can be moved away', async () => {
    const file = join(temporaryFolder(), 'server.log');
    const before = process.umask(0);
    const log = createLogger({ file });
    log.logger.info('One');
    await eventually(() => readFileSync(file, 'utf8').includes('msg=One'));
    renameSync(file, `${file}.1`);
    log.reopen();
    await eventually(() => statSync(file, { throwIfNoEntry: false }) !== undefined);
    log.logger.info('Two');
    await eventually(() => readFileSync(file, 'utf8').includes('msg=Two'));
    process.umask(before);
    log.close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFileSync(`${file}.1`, 'utf8')).toContain('msg=One');
  });

  it('that cannot be opened is an error at once', () => {
    expect(() => createLogger({ file: '/nonexistent/server.log' })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_FILE' }),
    );
  });

  async function eventually(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }
});
