import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { commandReference } from './command-reference.ts';
import { defineCommand, type CommandContext, type Program } from './command.ts';
import { completionScript } from './completion.ts';
import { flag, type FlagTable } from './flag.ts';
import { outputFlag, printOutput } from './output.ts';
import { runProgram } from './run-program.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly context: CommandContext<FlagTable> | undefined;
}

const flags = {
  ...outputFlag,
  spiffeID: flag.text('The SPIFFE ID.'),
  selector: flag.list('A selector.'),
  ttl: flag.int('Time to live.', 600),
  lifetime: flag.int('Time to live.', 0, { unit: 'seconds' }),
  config: flag.text('File.', '', { placeholder: 'path', configKey: 'data_dir' }),
  mode: flag.text('How', 'all', {
    choices: ['all', 'none'],
    meanings: { all: 'every one', none: 'not one' },
  }),
  storeSVID: flag.bool('Whether it is stored.'),
  expiredFor: flag.duration('How long ago.', 720 * 3600),
  secret: flag.text('Not shown.', '', { hidden: true }),
};

async function run(...argv: string[]): Promise<Outcome> {
  let context: CommandContext<FlagTable> | undefined;
  let [out, err] = ['', ''];
  const keep = (got: CommandContext<FlagTable>): Promise<void> => {
    context = got;
    return Promise.resolve();
  };
  const program: Program = {
    name: 'signet-server',
    version: '0.1.0',
    summary: 'The authority.',
    groups: { entry: 'Manages entries.' },
    laterCommands: ['federation', 'count'],
    commands: [
      defineCommand({
        path: 'entry create',
        summary: 'Creates an entry.',
        examples: ['signet-server entry create'],
        flags,
        run: keep,
      }),
      defineCommand({ path: 'entry show', summary: 'Shows entries.', flags: {}, run: keep }),
      defineCommand({ path: 'api fetch', summary: 'Fetches.', flags: {}, run: keep }),
      defineCommand({ path: 'api fetch x509', summary: 'Fetches X509-SVIDs.', flags: {}, run: keep }),
      defineCommand({
        path: 'api fetch jwt',
        summary: 'Fetches JWT-SVIDs.',
        flags: { audience: flag.list('Who.') },
        run: keep,
      }),
      defineCommand({
        path: 'fail',
        summary: 'Fails.',
        flags: {},
        run: () => Promise.reject(new Error('no luck')),
      }),
      defineCommand({
        path: 'deny',
        summary: 'Is denied.',
        flags: {},
        errorStyle: 'bare',
        run: () => Promise.reject(Object.assign(new Error('x'), { code: 7, details: 'no identity issued' })),
      }),
      defineCommand({
        path: 'count',
        summary: 'Counts.',
        flags: outputFlag,
        run(given) {
          printOutput(given, { count: 2 }, () => '2 entries\n');
          return Promise.resolve(3);
        },
      }),
    ],
  };
  const code = await runProgram(program, argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: {},
  });
  return { code, out, err, context };
}

describe('exit codes and usage', () => {
  it.each([
    ['no arguments', [], 127, 'Commands:'],
    ['an unknown command', ['enrty'], 127, 'Unknown command "enrty"; did you mean "entry"?\n'],
    ['a word for help', ['help'], 127, 'Commands:'],
    [
      'a command to come',
      ['federation', 'list'],
      127,
      'The command "federation" of SPIRE is not there yet\n',
    ],
    ['a bare group', ['entry'], 1, 'create  Creates an entry.'],
    ['help of a group', ['entry', '-h'], 0, 'create  Creates an entry.'],
    ['an unknown command of a group', ['entry', 'make'], 1, 'Unknown command "make" of entry\n'],
    [
      'a misspelt command of a group',
      ['entry', 'creat'],
      1,
      'Unknown command "creat" of entry; did you mean "create"?\n',
    ],
    ['a flag before the command', ['-output=json', 'entry', 'show'], 1, 'flags stand after the command'],
    ['a flag without a command', ['-output'], 127, 'flags stand after the command'],
    ['--version', ['--version'], 0, '0.1.0\n'],
    ['-h', ['-h'], 0, 'flag: help requested'],
    ['-h of a command', ['entry', 'create', '-h'], 0, 'flag: help requested'],
    ['--help of a command', ['entry', 'create', '--help'], 0, 'Usage of entry create:'],
    [
      'a flag of the command below',
      ['api', 'fetch', '-audience', 'x'],
      1,
      'flag provided but not defined: -audience; it is a flag of "api fetch jwt"\n',
    ],
    ['an unknown flag', ['entry', 'create', '-color'], 1, 'flag provided but not defined: -color'],
    [
      'a misspelt flag',
      ['entry', 'create', '-spifeID', 'x'],
      1,
      'flag provided but not defined: -spifeID; did you mean -spiffeID?',
    ],
    ['a flag with dashes inside', ['entry', 'create', '--spiffe-id=x'], 1, 'did you mean -spiffeID?'],
    ['a flag that is not shown', ['entry', 'create', '-secrt'], 1, 'flag provided but not defined: -secrt\n'],
    ['a flag without value', ['entry', 'create', '-spiffeID'], 1, 'flag needs an argument: -spiffeID'],
    ['three dashes', ['entry', 'create', '---spiffeID'], 1, 'bad flag syntax: ---spiffeID'],
    [
      'a bad int',
      ['entry', 'create', '-ttl', '1.5'],
      1,
      'invalid value "1.5" for flag -ttl: parse error: a whole number is wanted\n',
    ],
    [
      'a duration for seconds',
      ['entry', 'create', '-lifetime', '5m'],
      1,
      'invalid value "5m" for flag -lifetime: parse error: a whole number of seconds is wanted (5m is 300)\n',
    ],
    [
      'no number for seconds',
      ['entry', 'create', '-lifetime', 'soon'],
      1,
      'parse error: a whole number of seconds is wanted\n',
    ],
    [
      'a bad bool',
      ['entry', 'create', '-storeSVID=yes'],
      1,
      'invalid boolean value "yes" for -storeSVID: parse error: true or false is wanted\n',
    ],
    [
      'a bad duration',
      ['entry', 'create', '-expiredFor', '1d'],
      1,
      'invalid value "1d" for flag -expiredFor: parse error: a duration such as 30s, 10m or 1h30m is wanted\n',
    ],
    ['a number as duration', ['entry', 'create', '-expiredFor', '5'], 1, 'is wanted (5s for seconds)\n'],
    ['a bad format', ['count', '-output', 'xml'], 1, 'unknown format option: "xml"'],
    ['two formats', ['count', '-output', 'json', '-output', 'pretty'], 1, 'already been set to "json"'],
    ['a failure', ['fail'], 1, 'Error: no luck\n'],
    ['a failed call, bare', ['deny'], 1, 'rpc error: code = PermissionDenied desc = no identity issued\n'],
    [
      'a name of Object as flag',
      ['entry', 'create', '-constructor', 'x'],
      1,
      'flag provided but not defined: -constructor',
    ],
  ])('%s', async (_name, argv, code, text) => {
    const outcome = await run(...argv);
    expect({ code: outcome.code, out: outcome.out }).toEqual({ code, out: '' });
    expect(outcome.err).toContain(text);
  });

  it('of a command are its own', async () => {
    expect((await run('count')).code).toBe(3);
  });

  it('teach, and hide what is hidden', async () => {
    const { err } = await run('entry', 'create', '-h');
    expect(err).toContain('Examples:\n  signet-server entry create');
    expect(err).toContain('-expiredFor duration\n    \tHow long ago (default 720h0m0s)');
    expect(err).not.toContain('-secret');
    expect(err).toContain('  -config path\n    \tFile [data_dir]\n');
    expect(err).toContain(
      '  -mode string\n    \tHow (default "all")\n    \t  all   every one\n    \t  none  not one\n',
    );
  });

  it('say what is wrong again below a long usage', async () => {
    const { err } = await run('entry', 'create', '-color');
    expect(err).toMatch(/^flag provided but not defined: -color\n/);
    expect(err).toMatch(/\nflag provided but not defined: -color\n$/);
  });

  it.each([
    [
      'words after the flags',
      ['count', 'spiffe://td/x'],
      'Warning: flags end at "spiffe://td/x", which is ignored with all that follows\n',
    ],
    [
      'a misspelt word after a command',
      ['api', 'fetch', 'x508'],
      'all that follows; did you mean "api fetch x509"?\n',
    ],
    [
      'flags after a word',
      ['entry', 'create', '-storeSVID', 'true', '-ttl', '5'],
      'flags end at "true", which is',
    ],
  ])('warn of %s', async (_name, argv, text) => {
    expect((await run(...argv)).err).toContain(text);
  });

  it('do not warn of what scripts are used to', async () => {
    expect((await run('entry', 'create', '-storeSVID', 'true')).err).toBe('');
  });
});

describe('flags', () => {
  it.each([
    ['one dash', ['-spiffeID', 'x'], { spiffeID: 'x' }, []],
    ['two dashes', ['--spiffeID', 'x'], { spiffeID: 'x' }, []],
    ['an equals sign', ['-spiffeID=x=y'], { spiffeID: 'x=y' }, []],
    ['an empty value', ['-spiffeID', ''], { spiffeID: '' }, []],
    ['a value that looks like a flag', ['-spiffeID', '-ttl'], { spiffeID: '-ttl', ttl: 600 }, []],
    ['repetition', ['-selector', 'a:b', '-selector=c:d'], { selector: ['a:b', 'c:d'] }, []],
    ['the last of a text', ['-spiffeID', 'x', '-spiffeID', 'y'], { spiffeID: 'y' }, []],
    ['a bool alone', ['-storeSVID'], { storeSVID: true }, []],
    ['a bool set to false', ['-storeSVID=false'], { storeSVID: false }, []],
    [
      'a bool that does not take the next word',
      ['-storeSVID', 'true', '-ttl', '5'],
      { storeSVID: true, ttl: 600 },
      ['true', '-ttl', '5'],
    ],
    ['the end at a word', ['-ttl', '5', 'word', '-ttl', '6'], { ttl: 5 }, ['word', '-ttl', '6']],
    ['the end at two dashes', ['-ttl', '5', '--', '-ttl'], { ttl: 5 }, ['-ttl']],
    ['the end at one dash', ['-', 'x'], { ttl: 600 }, ['-', 'x']],
    ['a hexadecimal int', ['-ttl', '0x10'], { ttl: 16 }, []],
    ['an octal int', ['-ttl', '010'], { ttl: 8 }, []],
    ['a negative int', ['-ttl', '-5'], { ttl: -5 }, []],
    ['a duration', ['-expiredFor', '1h30m'], { expiredFor: 5400 }, []],
    ['defaults', [], { spiffeID: '', selector: [], ttl: 600, storeSVID: false, expiredFor: 2592000 }, []],
  ])('%s', async (_name, argv, expected, args) => {
    const { code, context } = await run('entry', 'create', ...argv);
    expect(code).toBe(0);
    expect(context?.flags).toMatchObject(expected);
    expect(context?.args).toEqual(args);
  });

  it('know whether they were set', async () => {
    const { context } = await run('entry', 'create', '-ttl', '600');
    expect([context?.isSet('ttl'), context?.isSet('spiffeID')]).toEqual([true, false]);
  });

  it.each([
    ['JSON', 'json'],
    ['PrettyPrint', 'pretty'],
    ['pretty', 'pretty'],
  ])('-output %s', async (given, output) => {
    expect((await run('entry', 'create', '-output', given)).context?.output).toBe(output);
  });
});

it('a command may have commands below it', async () => {
  expect((await run('api', 'fetch')).code).toBe(0);
  expect((await run('api', 'fetch', 'x509', 'rest')).context?.args).toEqual(['rest']);
});

it('prints one result in two ways', async () => {
  expect((await run('count')).out).toBe('2 entries\n');
  expect((await run('count', '-output', 'json')).out).toBe('{"count":2}\n');
});

describe('completion', () => {
  const program: Program = {
    name: 'signet-server',
    version: '0.1.0',
    summary: "The domain's authority.",
    commands: [
      defineCommand({
        path: 'entry create',
        summary: 'Creates an entry.',
        flags,
        run: () => Promise.resolve(),
      }),
      defineCommand({
        path: 'entry show',
        summary: 'Shows entries.',
        flags: {},
        run: () => Promise.resolve(),
      }),
    ],
  };

  function complete(...words: string[]): readonly string[] {
    const script = `${completionScript(program, 'bash')}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _signet_server; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
      .trim()
      .split('\n');
  }

  it.each([
    ['commands', ['signet-server', ''], ['entry']],
    ['commands of a group', ['signet-server', 'entry', ''], ['create', 'show']],
    ['flags', ['signet-server', 'entry', 'create', '-s'], ['-selector', '-spiffeID', '-storeSVID']],
    ['values', ['signet-server', 'entry', 'create', '-output', 'j'], ['json']],
    ['values after two dashes', ['signet-server', 'entry', 'create', '--mode', ''], ['all', 'none']],
    ['values after an equals sign', ['signet-server', 'entry', 'create', '-output', '=', 'p'], ['pretty']],
    ['all values after an equals sign', ['signet-server', 'entry', 'create', '-mode', '='], ['all', 'none']],
    ['files', ['signet-server', 'entry', 'create', '-config', '/proc/self/maps'], ['/proc/self/maps']],
    ['nothing where only the operator knows', ['signet-server', 'entry', 'create', '-spiffeID', ''], ['']],
    ['flags after a bool', ['signet-server', 'entry', 'create', '-storeSVID', '-sp'], ['-spiffeID']],
    ['no flag of another command', ['signet-server', 'entry', 'show', '-'], ['']],
  ])('offers %s in bash', (_name, words, offered) => {
    expect(complete(...words)).toEqual(offered);
  });

  it('is printed by a command', async () => {
    expect((await run('completion', 'fish')).out).toContain('complete -c signet-server');
    expect((await run('completion', 'zsh')).out).toContain('#compdef signet-server');
    expect((await run('completion', 'bash')).out).toContain("words='bash zsh fish'");
    expect((await run('completion', '-h')).err).toContain('Usage of completion: bash | zsh | fish\n');
    expect((await run('completion', 'ksh')).err).toBe('Error: name a shell: bash, zsh, fish\n');
  });

  it('and the reference come from the same table', () => {
    expect(commandReference(program)).toContain('| `-ttl` | int | 600 | Time to live. |');
  });
});
