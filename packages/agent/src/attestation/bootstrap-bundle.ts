import { readFile } from 'node:fs/promises';
import { systemReason } from '@signet/daemon';
import { AgentError, decodePem, parseCertificate, parseSpiffeBundle, type TrustDomain } from '@signet/core';

/** How the agent comes to trust the server when it has never met it. */
export type BootstrapTrust =
  | { readonly kind: 'file'; readonly path: string; readonly format: BundleFormat }
  | { readonly kind: 'url'; readonly url: string; readonly format: BundleFormat }
  /** the server's first answer is believed: whoever controls the network controls the agent. */
  | { readonly kind: 'insecure' };

/** Written forms of a bundle. */
export type BundleFormat = 'pem' | 'spiffe';

const MAX_BUNDLE_BYTES = 1024 * 1024;
const FETCH_TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;

/**
 * The X.509 authorities to begin with, DER; undefined when the operator chose to trust the network.
 *
 * @throws {AgentError} `ERR_AGENT_BOOTSTRAP` when they cannot be had or are none.
 */
export async function loadBootstrapBundle(
  trust: BootstrapTrust,
  trustDomain: TrustDomain,
  signal: AbortSignal,
): Promise<readonly Uint8Array[] | undefined> {
  if (trust.kind === 'insecure') return undefined;
  const text = trust.kind === 'file' ? await readBundle(trust.path) : await fetchBundle(trust.url, signal);
  try {
    return parseAuthorities(text, trust.format, trustDomain);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it is not a bundle';
    throw bootstrapError(`${nameOf(trust)} is not a bundle in the format ${trust.format}: ${reason}`, cause);
  }
}

/** The key that the operator has to look at, and its value. */
function nameOf(trust: Exclude<BootstrapTrust, { kind: 'insecure' }>): string {
  return trust.kind === 'file' ? `trust_bundle_path ${trust.path}` : `trust_bundle_url ${trust.url}`;
}

/**
 * The X.509 authorities of a written bundle.
 *
 * @throws {AgentError} `ERR_AGENT_BOOTSTRAP` when there are none; the parsers' errors when it is malformed.
 */
export function parseAuthorities(
  text: string,
  format: BundleFormat,
  trustDomain: TrustDomain,
): readonly Uint8Array[] {
  const authorities =
    format === 'pem'
      ? decodePem(text, 'CERTIFICATE')
      : parseSpiffeBundle(trustDomain, text).x509Authorities.map((authority) => authority.der);
  if (authorities.length === 0) throw bootstrapError('it holds no X.509 authority');
  for (const der of authorities) parseCertificate(der);
  return authorities;
}

async function readBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw bootstrapError(`trust_bundle_path ${path} cannot be read: ${systemReason(cause)}`, cause);
  }
}

async function fetchBundle(url: string, signal: AbortSignal): Promise<string> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]);
  try {
    return await readBounded(await followed(new URL(url), bounded));
  } catch (cause) {
    throw bootstrapError(`trust_bundle_url ${url} cannot be fetched: ${reasonOf(cause)}`, cause);
  }
}

/** fetch says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  return systemReason(error instanceof TypeError && error.cause !== undefined ? error.cause : error);
}

/** The answer after at most a few redirects, none of which may leave https. */
async function followed(start: URL, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    if (url.protocol !== 'https:') throw bootstrapError('the trust bundle must come over https');
    const response = await fetch(url, { redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw bootstrapError(`the trust bundle's server redirects more than ${MAX_REDIRECTS} times`);
}

async function readBounded(response: Response): Promise<string> {
  if (response.status !== 200) throw bootstrapError(`the trust bundle's server answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = response.body as AsyncIterable<Uint8Array> | null;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BUNDLE_BYTES) throw bootstrapError('the trust bundle is larger than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function bootstrapError(message: string, cause?: unknown): AgentError {
  return new AgentError('ERR_AGENT_BOOTSTRAP', message, cause === undefined ? {} : { cause });
}
