import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError, decodePem, encodePem } from '@signet/core';
import { writeFileAtomic } from '@signet/daemon';

/** What the agent keeps between runs. The private keys are the key manager's. */
export interface AgentData {
  /** the agent's own SVID, DER, leaf first; empty when there is none. */
  readonly svid: readonly Uint8Array[];
  /** the X.509 authorities of the trust domain, DER; empty before the first bootstrap. */
  readonly bundle: readonly Uint8Array[];
  readonly reattestable: boolean;
}

/** Nothing known yet. */
export const NO_DATA: AgentData = { svid: [], bundle: [], reattestable: false };

const FILE = 'agent-data.json';
const CERTIFICATE = 'CERTIFICATE';
const MAX_CERTIFICATES = 256;

/**
 * Reads `agent-data.json`, in SPIRE's format; nothing known when the file is not there.
 *
 * @throws {AgentError} `ERR_AGENT_DATA` when it is there and cannot be understood.
 */
export async function loadAgentData(dataDir: string): Promise<AgentData> {
  const text = await readIfThere(join(dataDir, FILE));
  if (text === undefined) return NO_DATA;
  try {
    return decode(text);
  } catch (cause) {
    const advice = 'put a copy in its place, or remove it and let the agent attest anew';
    throw new AgentError('ERR_AGENT_DATA', `${join(dataDir, FILE)} is damaged: ${advice}`, { cause });
  }
}

/** Replaces `agent-data.json` as a whole, readable by its owner only. */
export async function storeAgentData(dataDir: string, data: AgentData): Promise<void> {
  await writeFileAtomic(join(dataDir, FILE), encode(data), { mode: 0o600 });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function encode(data: AgentData): string {
  return JSON.stringify({
    svid: data.svid.map(toBase64Pem),
    bundle: data.bundle.map(toBase64Pem),
    reattestable: data.reattestable,
  });
}

function decode(text: string): AgentData {
  const raw = JSON.parse(text) as Record<'svid' | 'bundle' | 'reattestable', unknown>;
  return {
    svid: certificates(raw.svid),
    bundle: certificates(raw.bundle),
    reattestable: raw.reattestable === true,
  };
}

function toBase64Pem(der: Uint8Array): string {
  return Buffer.from(encodePem(CERTIFICATE, der)).toString('base64');
}

function certificates(value: unknown): readonly Uint8Array[] {
  // Go writes an empty list as null.
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || value.length > MAX_CERTIFICATES)
    throw new TypeError('not a list of certificates');
  return value.flatMap((item) =>
    decodePem(Buffer.from(String(item), 'base64').toString('latin1'), CERTIFICATE),
  );
}
