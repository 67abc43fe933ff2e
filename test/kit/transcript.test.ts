import { describe, expect, it } from '@jest/globals';
import { maskCliOutput } from './cli-mask.ts';
import { commandWords, formatTranscript, maskOutcome, parseTranscript } from './transcript.ts';

const TEXT = `# counts
# twice
$ entry count
0 registration entries

$ entry delete -file '$X y'
Deleted
[no newline]
[stderr]
Error: no
[exit 1]

$ entry show
Hint : a


$ agent ban
`;

describe('transcripts', () => {
  it('are read into commands and outcomes', () => {
    expect(parseTranscript(TEXT)).toEqual([
      {
        comment: 'counts\ntwice',
        command: 'entry count',
        outcome: { code: 0, stdout: '0 registration entries\n', stderr: '' },
      },
      {
        comment: '',
        command: "entry delete -file '$X y'",
        outcome: { code: 1, stdout: 'Deleted', stderr: 'Error: no\n' },
      },
      { comment: '', command: 'entry show', outcome: { code: 0, stdout: 'Hint : a\n\n', stderr: '' } },
      { comment: '', command: 'agent ban', outcome: { code: 0, stdout: '', stderr: '' } },
    ]);
  });

  it('are written as they are read', () => {
    expect(formatTranscript(parseTranscript(TEXT))).toBe(TEXT);
  });

  it('have words as a shell splits them', () => {
    const variables = new Map([['DATA', '/d']]);
    expect(commandWords(`a '$DATA b' "$DATA c" x$DATA '' < $DATA/in`, variables)).toEqual({
      words: ['a', '$DATA b', '/d c', 'x/d', ''],
      stdin: '/d/in',
    });
  });

  it('name the values of variables', () => {
    const outcome = { code: 0, stdout: 'open /tmp/x/f', stderr: '' };
    expect(maskOutcome(outcome, new Map([['DATA', '/tmp/x']])).stdout).toBe('open $DATA/f');
  });
});

describe('masks', () => {
  it.each([
    ['Entry ID : 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'Entry ID : <uuid>'],
    ['2026-11-23 16:21:04 +0000 UTC', '<time>'],
    ['{"created_at":"1795447272","expires_at":"0"}', '{"created_at":"<time>","expires_at":"0"}'],
    ['-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n', '<CERTIFICATE>\n'],
    ['token eyJhbGciOiJI.eyJhdWQi.c2ln', 'token <token>'],
    ['unix:uid:1000', 'unix:uid:1000'],
  ])('%j', (text, masked) => {
    expect(maskCliOutput(text)).toBe(masked);
  });
});
