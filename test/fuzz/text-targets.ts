import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  decodePem,
  encodePem,
  formatSelector,
  parseSelector,
  parseSpiffeId,
  parseTrustDomain,
  validateDnsName,
} from '@signet/core';
import { expandEnv, formatGoDuration, parseGoDuration, parseHcl, plainRecord } from '@signet/daemon';
import { corpusText } from './corpus.ts';
import { mutateText } from './mutate-text.ts';
import { Finding, parsed, same, type Target } from './target.ts';

const HCL = [
  corpusText('odd.conf'),
  corpusText('odd.json'),
  ...['server/server.conf', 'agent/agent.conf'].map((name) =>
    readFileSync(fileURLToPath(new URL(`../../conf/${name}`, import.meta.url)), 'utf8'),
  ),
];
const HCL_TOKENS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '=',
    ',',
    '"',
    '""',
    '\\',
    '${',
    '$${',
    '}',
    '<<EOF\n',
    '<<-E\n',
    '\nEOF\n',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '0x',
    '0777',
    '1e9',
    '-',
    '.',
    'true',
    'false',
    'null',
    '\n',
    '\r\n',
    '\t',
    '\ufeff',
    '\u0000',
    '\ud800',
    '__proto__ = 1',
  ],
];

const PATHS = ['/a', '/spire/server', '/spire/agent/x509pop/0123', '/A.b-c_d/e', `/${'x'.repeat(300)}`, ''];
const IDS = PATHS.map((path) => `spiffe://example.org${path}`);
const ID_TOKENS = [
  ...[
    '/',
    '//',
    '/.',
    '/..',
    '.',
    '..',
    '...',
    ':',
    '@',
    '?',
    '#',
    '%',
    '%41',
    '%2e',
    '\\',
    '\u0000',
    '\n',
    '\t',
    ' ',
  ],
  ...[
    'spiffe://',
    'SPIFFE://',
    'http://',
    'A',
    'K',
    'ſ',
    'é',
    '\ud83d\ude00',
    '[::1]',
    ':80',
    'user@',
    '~',
    '*',
    '$',
  ],
];
const ID = /^spiffe:\/\/[a-z0-9._-]{1,255}(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*$/;
const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/;

const SELECTORS = ['unix:uid:1000', 'unix:path:/usr/bin/x', 'k8s:pod-label:a:b', 'x509pop:san:k:v'];
const NAMES = ['a.example.org', '*.example.org', 'xn--mnchen-3ya.de', 'xn--nxasmq6b', 'localhost', 'a-b.c'];
const NAME_TOKENS = [
  '.',
  '..',
  '*',
  '-',
  '--',
  'xn--',
  'xn--a',
  'XN--',
  '_',
  '9',
  ' ',
  'ä',
  '\u0000',
  'xn--0.pt',
  '\u200d',
];
const DURATIONS = ['1h30m', '1.5s', '-10ms', '0', '100us', '2540400h', '1µs', '.5m'];
const DURATION_TOKENS = [
  'h',
  'm',
  's',
  'ms',
  'us',
  'ns',
  'µ',
  '.',
  '-',
  '+',
  '0',
  '9999999999',
  '1e3',
  ' ',
  'd',
  '\u0000',
];
const PEM = corpusText('certificate-root.pem') + corpusText('certificate-leaf.pem');
const PEM_TOKENS = [
  '-----BEGIN CERTIFICATE-----',
  '-----END CERTIFICATE-----',
  '-',
  '\n',
  '\r\n',
  '=',
  '==',
  '!',
  ' ',
  'é',
  'A',
];

/** Texts that operators and peers write. */
export const textTargets: readonly Target[] = [
  {
    name: 'hcl',
    make: (random) => mutateText(random.pick(HCL), HCL_TOKENS, random),
    check: (text: string) => {
      const file = parsed(() => parseHcl(text))?.value;
      if (file === undefined) return false;
      const once = JSON.stringify(plainRecord(file));
      same(JSON.stringify(plainRecord(parseHcl(once))), once, 'written configuration reads differently');
      parsed(() => expandEnv(text, { X: 'y' }));
      return true;
    },
  },
  {
    name: 'spiffe-id',
    make: (random) => mutateText(random.pick(IDS), ID_TOKENS, random),
    check: (text: string) => {
      const id = parsed(() => parseSpiffeId(text))?.value;
      const isId = ID.test(text) && Buffer.byteLength(text) <= 2048;
      if ((id !== undefined) !== isId) throw new Finding('the grammar says otherwise');
      if (id !== undefined) same(id.uri, text, 'an accepted ID is written differently');
      return id !== undefined;
    },
  },
  {
    name: 'trust-domain',
    make: (random) => mutateText(random.pick(IDS).slice(random.pick([0, 9])), ID_TOKENS, random),
    check: (text: string) => {
      const domain = parsed(() => parseTrustDomain(text))?.value;
      const isDomain = text.includes(':')
        ? ID.test(text) && Buffer.byteLength(text) <= 2048
        : TRUST_DOMAIN.test(text);
      if ((domain !== undefined) !== isDomain) throw new Finding('the grammar says otherwise');
      return isDomain;
    },
  },
  {
    name: 'selector',
    make: (random) => mutateText(random.pick(SELECTORS), [':', '::', ' ', '\u0000', 'unix', ''], random),
    check: (text: string) => {
      const selector = parsed(() => parseSelector(text))?.value;
      if (selector === undefined) return false;
      same(formatSelector(selector), text, 'an accepted selector is written differently');
      return true;
    },
  },
  {
    name: 'dns-name',
    make: (random) => mutateText(random.pick(NAMES), NAME_TOKENS, random),
    check: (text: string) => {
      const isName = parsed(() => {
        validateDnsName(text);
      });
      return isName !== undefined;
    },
  },
  {
    name: 'duration',
    make: (random) => mutateText(random.pick(DURATIONS), DURATION_TOKENS, random),
    check: (text: string) => {
      const seconds = parsed(() => parseGoDuration(text))?.value;
      if (seconds === undefined) return false;
      const once = formatGoDuration(seconds);
      same(formatGoDuration(parseGoDuration(once)), once, 'a written duration reads differently');
      return true;
    },
  },
  {
    name: 'pem',
    make: (random) => mutateText(PEM, PEM_TOKENS, random),
    check: (text: string) => {
      const blocks = parsed(() => decodePem(text, 'CERTIFICATE'))?.value;
      if (blocks === undefined) return false;
      const once = blocks.map((der) => encodePem('CERTIFICATE', der)).join('');
      const twice = decodePem(once, 'CERTIFICATE');
      same(Buffer.concat(twice), Buffer.concat(blocks), 'written PEM reads differently');
      return true;
    },
  },
];
