import { createHash } from 'node:crypto';
import { normalizeSelectors, type Certificate, type Selector, type TrustDomain } from '@signet/core';
import type { TemplateData } from '../../agent-path-template/evaluate.ts';
import type { Value } from '../../agent-path-template/value.ts';
import { sanPairs } from './san-selectors.ts';

const TYPE = 'x509pop';

/** What an `agent_path_template` may name. */
export const TEMPLATE_FIELDS: readonly string[] = [
  'PluginName',
  'TrustDomain',
  'Fingerprint',
  'SerialNumberHex',
  'SerialNumber',
  'Subject',
  'DNSNames',
  'URISanSelectors',
  'SVIDPathTrimmed',
];

/** The values for the template. */
export function templateData(
  leaf: Certificate,
  trustDomain: TrustDomain,
  svidPathTrimmed: string,
): TemplateData {
  return new Map<string, Value>([
    ['PluginName', TYPE],
    ['TrustDomain', trustDomain.name],
    ['Fingerprint', fingerprint(leaf)],
    ['SerialNumberHex', leaf.serialHex],
    ['SerialNumber', leaf.serial.toString()],
    ['Subject', new Map([['CommonName', leaf.subjectCommonName ?? '']])],
    ['DNSNames', leaf.dnsSans],
    ['URISanSelectors', sanPairs(leaf.uriSans, trustDomain.name)],
    ['SVIDPathTrimmed', svidPathTrimmed],
  ]);
}

/** The selectors of a node whose certificate verified with this chain, leaf to root. */
export function selectorsOf(chain: readonly Certificate[], trustDomain: TrustDomain): readonly Selector[] {
  const [leaf, ...issuers] = chain;
  if (leaf === undefined) return [];
  const values = [
    ...(leaf.subjectCommonName ? [`subject:cn:${leaf.subjectCommonName}`] : []),
    ...issuers.map((issuer) => `ca:fingerprint:${fingerprint(issuer)}`),
    `serialnumber:${leaf.serialHex}`,
    ...Array.from(sanPairs(leaf.uriSans, trustDomain.name), ([key, value]) => `san:${key}:${value}`),
  ];
  return normalizeSelectors(values.map((value) => ({ type: TYPE, value })));
}

// SHA-1 names a certificate that was verified already; it protects nothing.
function fingerprint({ der }: Certificate): string {
  return createHash('sha1').update(der).digest('hex');
}
