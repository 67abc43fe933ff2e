import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTrustDomain } from '@signet/core';
import { AgentPathTemplate } from './agent-path-template.ts';
import type { TemplateData } from './evaluate.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';

const td = parseTrustDomain('example.org');
const FIELDS = [
  'PluginName',
  'Fingerprint',
  'Subject',
  'URISanSelectors',
  'DNSNames',
  'SVIDPathTrimmed',
  'Count',
];
const data: TemplateData = new Map<string, Value>([
  ['PluginName', 'x509pop'],
  ['Fingerprint', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['Subject', new Map([['CommonName', 'Node-7.EU']])],
  [
    'URISanSelectors',
    new Map([
      ['env', 'prod'],
      ['rack', 'a/1'],
    ]),
  ],
  ['DNSNames', ['node7.example.org', 'node7']],
  ['SVIDPathTrimmed', 'east/node7'],
  ['Count', 3],
]);

function pathOf(template: string, values: TemplateData = data): string {
  return AgentPathTemplate.parse(template, FIELDS)
    .agentId(td, values)
    .uri.slice('spiffe://example.org/spire/agent'.length);
}

function codeOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'nothing thrown';
}

describe('AgentPathTemplate', () => {
  it.each<[string, string]>([
    ['/{{ .PluginName }}/{{ .Fingerprint }}', '/x509pop/da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['/{{.PluginName}}/{{.SVIDPathTrimmed}}', '/x509pop/east/node7'],
    ['/{{ .Subject.CommonName | lower }}', '/node-7.eu'],
    ['/{{ lower .Subject.CommonName | trunc 4 }}', '/node'],
    ['/{{ trunc -4 .Fingerprint }}', '/0709'],
    ['/{{ .Subject.CommonName | trimSuffix ".EU" | trimPrefix "Node-" }}', '/7'],
    ['/{{ .Subject.CommonName | replace "." "_" | upper }}', '/NODE-7_EU'],
    ['/{{ substr 0 4 .Subject.CommonName }}', '/Node'],
    ['/{{ trimAll "Nd" "NodeN" }}', '/ode'],
    ['/{{ .URISanSelectors.env }}/{{ index .URISanSelectors "rack" }}', '/prod/a/1'],
    ['/{{ index .URISanSelectors "none" | default "unknown" }}', '/unknown'],
    ['/{{ index .DNSNames 1 }}', '/node7'],
    ['/{{ first .DNSNames | splitList "." | last }}', '/org'],
    ['/{{ join "-" (splitList "/" .SVIDPathTrimmed) }}', '/east-node7'],
    ['/{{ printf "%s-%d-%x%%" "a" .Count 255 | trimSuffix "%" }}', '/a-3-ff'],
    ['/{{ cat "a" "b" | nospace }}', '/ab'],
    ['/{{ "hello" | b64enc | trimAll "=" }}', '/aGVsbG8'],
    ['/{{ "hello" | b32enc | trimSuffix "===" }}', '/NBSWY3DP'],
    ['/{{ sha256sum "" | trunc 8 }}', '/e3b0c442'],
    ['/{{ base .SVIDPathTrimmed }}', '/node7'],
    ['/{{ if eq .URISanSelectors.env "prod" }}p{{ else }}q{{ end }}', '/p'],
    [
      '/{{ if hasKey .URISanSelectors "x" }}x{{ else if contains "7" .Subject.CommonName }}seven{{ end }}',
      '/seven',
    ],
    ['/{{ if and (gt .Count 2) (not (empty .DNSNames)) }}yes{{ end }}', '/yes'],
    ['/{{ $cn := lower .Subject.CommonName }}{{ $cn }}-{{ len $cn }}', '/node-7.eu-9'],
    ['/a{{- /* gone */ -}}  /b {{- "-c" }}', '/a/b-c'],
    ['/{{ `raw` }}{{ "A" }}', '/rawA'],
    ['/{{ ternary "one" "two" (hasPrefix "Node" .Subject.CommonName) }}', '/one'],
    ['/{{ (dict "k" "v").k }}', '/v'],
    ['/{{ .Subject.CommonName | substr 5 -1 }}', '/7.EU'],
    [
      '/{{ $.PluginName }}{{ if and (hasKey .URISanSelectors "x") (eq .URISanSelectors.x "y") }}no{{ end }}',
      '/x509pop',
    ],
    ['/{{ print "a" "b" 1 "c" }}{{ upper "straße" | trimSuffix "ßE" }}', '/ab1cSTRA'],
    ['/{{ dir "a//b/c" }}{{ ext "x.y/z.txt" }}', '/a/b.txt'],
    ['/{{ coalesce "" (get .URISanSelectors "none") "z" }}', '/z'],
  ])('%s gives %s', (template, expected) => {
    expect(pathOf(template)).toBe(expected);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown function', '/{{ lowr .PluginName }}', /no function lowr \(did you mean lower\?\)/],
    ['a function that is not supported', '/{{ env "HOME" }}', /no function env/],
    ['an unknown field', '/{{ .FingerPrint }}', /no field \.FingerPrint \(did you mean \.Fingerprint\?\)/],
    ['an unset variable', '/{{ $x }}', /variable \$x is not set/],
    ['too few arguments', '/{{ replace "a" .PluginName }}', /replace has the wrong number/],
    ['too many arguments through a pipe', '/{{ .PluginName | lower "x" }}', /lower has the wrong number/],
    ['a pipe into a value', '/{{ "a" | .PluginName }}', /only a function takes arguments/],
    ['an action without end', '/{{ .PluginName', /does not end/],
    ['an empty action', '/{{ }}', /empty/],
    ['an if without end', '/{{ if true }}a', /if has no end/],
    ['an end without if', '/{{ end }}', /unexpected end/],
    ['a second else', '/{{ if true }}{{ else }}{{ else }}{{ end }}', /if has no end/],
    ['an open parenthesis', '/{{ lower (upper "a" }}', /does not close/],
    [
      'a variable outside of where it was set',
      '/{{ if true }}{{ $y := "in" }}{{ end }}{{ $y }}',
      /variable \$y is not set/,
    ],
    [
      'a variable set twice',
      '/{{ $y := "a" }}{{ if true }}{{ $y := "b" }}{{ end }}{{ $y }}',
      /variable \$y is set twice/,
    ],
    ['values without a space between', '/{{ lower"A" }}', /space is missing/],
    ['a number in octal', '/{{ trunc 010 .PluginName }}', /unexpected "0"/],
    ['a loop', '/{{ range .DNSNames }}a{{ end }}', /range is not supported/],
    ['a template call', '/{{ template "x" }}', /template is not supported/],
    ['a character that is no token', '/{{ .PluginName & 1 }}', /unexpected "&"/],
    ['a first text without slash', 'a/{{ .PluginName }}', /start with a slash/],
    ['nothing', '', /start with a slash/],
    ['text of no end', `/${'a'.repeat(5000)}`, /too long/],
    ['deep parentheses', `/{{ ${'('.repeat(40)}"a"${')'.repeat(40)} }}`, /too deep/],
    ['deep ifs', `/${'{{ if true }}'.repeat(40)}${'{{ end }}'.repeat(40)}`, /too deep/],
  ])('refuses %s when it is configured', (_, template, message) => {
    const parse = (): unknown => AgentPathTemplate.parse(template, FIELDS);
    expect(parse).toThrow(TemplateError);
    expect(parse).toThrow(message);
  });

  it.each<[string, string]>([
    ['a missing key', '/{{ .URISanSelectors.none }}'],
    ['a field of a string', '/{{ .PluginName.More }}'],
    ['a list', '/{{ .DNSNames }}'],
    ['an index beyond the list', '/{{ index .DNSNames 9 }}'],
    ['a number where text is due', '/{{ lower .Count }}'],
    ['a call to fail', '/{{ fail "no" }}'],
    ['bad base64', '/{{ b64dec "?" }}'],
    ['a huge repeat', '/{{ repeat 100000 "a" }}'],
    ['growth by stages', `/{{ "a" ${'| repeat 1000 '.repeat(6)} }}`],
    ['a cut letter', '/{{ trunc 1 "é" }}'],
    ['a substring that ends before it starts', '/a{{ substr 3 2 "abcdef" }}'],
    ['a replacement of nothing', '/{{ replace "" "-" "abc" }}'],
    ['a trailing slash', '/{{ .PluginName }}/'],
    ['an empty segment', '/{{ index .URISanSelectors "none" }}/x'],
    ['a space', '/{{ cat "a" "b" }}'],
    ['a comparison of unlike values', '/{{ if eq .Count "3" }}a{{ end }}'],
    ['nothing at all', '{{ "" }}'],
  ])('refuses an agent for %s', (_, template) => {
    expect(codeOf(() => pathOf(template))).toBe('ERR_ATTESTATION_AGENT_ID');
  });

  it.each([
    '..',
    '.',
    '../server',
    'a/../../server',
    'a/./b',
    '',
    '/',
    'a//b',
    'a/',
    '%2e%2e',
    'a?b',
    'a#b',
    'é',
    'a\u0000',
    'a\nb',
    '../../workload',
  ])('CVE-2021-27099: a name %j from outside does not lead out of the agents', (commonName) => {
    const values = new Map([...data, ['Subject', new Map([['CommonName', commonName]])] as const]);
    expect(codeOf(() => pathOf('/x509pop/{{ .Subject.CommonName }}', values))).toBe(
      'ERR_ATTESTATION_AGENT_ID',
    );
  });

  it('gives an ID below /spire/agent/ for any name, or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z./]{0,8}$/)), (commonName) => {
        const values = new Map([...data, ['Subject', new Map([['CommonName', commonName]])] as const]);
        try {
          const { path } = AgentPathTemplate.parse('/cn/{{ .Subject.CommonName }}', FIELDS).agentId(
            td,
            values,
          );
          expect(path.startsWith('/spire/agent/cn/')).toBe(true);
          expect(path.split('/').some((segment) => segment === '.' || segment === '..')).toBe(false);
        } catch (error) {
          expect(
            codeOf(() => {
              throw error;
            }),
          ).toBe('ERR_ATTESTATION_AGENT_ID');
        }
      }),
    );
  });

  it('parses or refuses any text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '-',
      ' ',
      '.PluginName',
      '"',
      '(',
      ')',
      '|',
      'lower',
      '$x',
      ':=',
      '/',
      'if',
      'end',
      'else',
      '`',
      '/*',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          AgentPathTemplate.parse(pieces.join(''), FIELDS);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
    );
  });
});
