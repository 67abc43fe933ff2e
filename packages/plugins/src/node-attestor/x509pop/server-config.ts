import { readFile } from 'node:fs/promises';
import { decodePem, type Certificate } from '@signet/core';
import { parseNodeCertificate } from './node-certificate.ts';
import { AgentPathTemplate } from '../../agent-path-template/agent-path-template.ts';
import { TemplateError } from '../../agent-path-template/template-error.ts';
import { configError } from '../../config/define-plugin.ts';
import { fileReason } from '../../file-reason.ts';
import { flag, oneOf, optionalString, stringList, wholeNumber, type Setting } from '../../config/setting.ts';
import type { SettingValues } from '../../config/settings.ts';
import type { ConfigProblem } from '../../kinds/plugin.ts';
import { TEMPLATE_FIELDS } from './agent-attributes.ts';

const MODES = ['external_pki', 'spiffe'] as const;
const DEFAULT_PREFIX = '/spire-exchange/';
const DEFAULT_TEMPLATES = {
  external_pki: '/{{ .PluginName }}/{{ .Fingerprint }}',
  spiffe: '/{{ .PluginName }}/{{ .SVIDPathTrimmed }}',
} as const;

type Mode = (typeof MODES)[number];

type ServerSettings = {
  readonly mode: Setting<Mode>;
  readonly ca_bundle_path: Setting<string | undefined>;
  readonly ca_bundle_paths: Setting<readonly string[]>;
  readonly agent_path_template: Setting<string | undefined>;
  readonly max_intermediates: Setting<number>;
  readonly max_rsa_key_size: Setting<number>;
  readonly svid_prefix: Setting<string | undefined>;
  readonly spiffe_prefix: Setting<string | undefined>;
  readonly verify_client_ip: Setting<boolean>;
};

/** The keys of the server half. `svid_prefix` is what SPIRE documents, `spiffe_prefix` what it reads. */
export const serverSettings: ServerSettings = {
  mode: oneOf(MODES, 'external_pki'),
  ca_bundle_path: optionalString(),
  ca_bundle_paths: stringList(),
  agent_path_template: optionalString(),
  max_intermediates: wholeNumber(4, { min: 1, max: 32 }),
  max_rsa_key_size: wholeNumber(8192, { min: 2048, max: 8192 }),
  svid_prefix: optionalString(),
  spiffe_prefix: optionalString(),
  verify_client_ip: flag(false),
};

type Values = SettingValues<ServerSettings>;

/** The keys as the attestor uses them. */
export interface X509popConfig {
  readonly mode: Mode;
  readonly template: AgentPathTemplate;
  readonly maxIntermediates: number;
  readonly maxRsaBits: number;
  /** starts and ends with a slash. */
  readonly svidPrefix: string;
  readonly verifiesClientIp: boolean;
}

/** What the keys must hold together. */
export function serverRules(values: Partial<Values>): readonly ConfigProblem[] {
  return [...bundleProblems(values), ...templateProblems(values), ...prefixProblems(values)];
}

function bundleProblems({
  mode,
  ca_bundle_path: path,
  ca_bundle_paths: paths,
}: Partial<Values>): ConfigProblem[] {
  const count = (path ? 1 : 0) + (paths?.length ?? 0);
  if (mode === 'spiffe') {
    return count === 0 ? [] : [{ path: 'ca_bundle_path', message: 'has no place in mode spiffe' }];
  }
  if (path && count > 1) return [{ path: 'ca_bundle_paths', message: 'cannot stand beside ca_bundle_path' }];
  const wasRead = path !== undefined || paths !== undefined;
  return count === 0 && wasRead
    ? [{ path: 'ca_bundle_path', message: 'or ca_bundle_paths is required' }]
    : [];
}

function templateProblems({ agent_path_template: text }: Partial<Values>): ConfigProblem[] {
  try {
    if (text) AgentPathTemplate.parse(text, TEMPLATE_FIELDS);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [{ path: 'agent_path_template', message: `cannot be used: ${error.message}` }];
  }
}

function prefixProblems({ svid_prefix: documented, spiffe_prefix: read }: Partial<Values>): ConfigProblem[] {
  const both = documented !== undefined && read !== undefined && documented !== read;
  return both ? [{ path: 'spiffe_prefix', message: 'contradicts svid_prefix' }] : [];
}

/** The configuration of values that passed the rules. */
export function serverConfig(values: Values): X509popConfig {
  return {
    mode: values.mode,
    template: AgentPathTemplate.parse(
      values.agent_path_template || DEFAULT_TEMPLATES[values.mode],
      TEMPLATE_FIELDS,
    ),
    maxIntermediates: values.max_intermediates,
    maxRsaBits: values.max_rsa_key_size,
    svidPrefix: withSlash(values.svid_prefix ?? values.spiffe_prefix ?? DEFAULT_PREFIX),
    verifiesClientIp: values.verify_client_ip,
  };
}

function withSlash(prefix: string): string {
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/**
 * The roots in the bundle files.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for every file that cannot be read or holds no certificate.
 */
export async function loadRoots(values: Values): Promise<readonly Certificate[]> {
  const paths = values.ca_bundle_path
    ? [['ca_bundle_path', values.ca_bundle_path] as const]
    : values.ca_bundle_paths.map((path, i) => [`ca_bundle_paths[${i}]`, path] as const);
  const roots: Certificate[] = [];
  const problems: ConfigProblem[] = [];
  for (const [key, path] of paths) {
    try {
      roots.push(...(await certificatesIn(path)));
    } catch (error) {
      problems.push({ path: key, message: error instanceof Error ? error.message : 'cannot be used' });
    }
  }
  if (problems.length > 0) throw configError('NodeAttestor', 'x509pop', problems);
  return roots;
}

async function certificatesIn(path: string): Promise<readonly Certificate[]> {
  const text = await readFile(path, 'latin1').catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${fileReason(cause)}`, { cause });
  });
  const certificates = decodePem(text, 'CERTIFICATE').map((der) => parseNodeCertificate(der));
  if (certificates.length === 0) throw new Error(`${path} holds no certificate`);
  return certificates;
}
