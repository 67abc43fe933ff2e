import { randomBytes } from 'node:crypto';
import {
  AttestationError,
  SignetError,
  keyUsage,
  nowSeconds,
  parseSpiffeId,
  verifyChain,
  type AttestationErrorCode,
  type Certificate,
  type GenericErrorCode,
  type SpiffeId,
} from '@signet/core';
import { definePlugin } from '../../config/define-plugin.ts';
import type {
  AttestationContext,
  NodeAttestation,
  ServerNodeAttestor,
  ServerNodeAttestorFactory,
  ServerPluginHost,
} from '../../kinds/node-attestor.ts';
import { selectorsOf, templateData } from './agent-attributes.ts';
import { isAddressNamed } from './client-ip.ts';
import { isAffordable } from './key-bounds.ts';
import { NODE_CONFORMANCE, parseNodeCertificate } from './node-certificate.ts';
import { possessionMethod, verifyPossession } from './possession.ts';
import { loadRoots, serverConfig, serverRules, serverSettings, type X509popConfig } from './server-config.ts';
import { NONCE_BYTES, WireError, decodeCertificates, decodeResponse, encodeChallenge } from './wire.ts';

const TYPE = 'x509pop';
/** Room for one certificate of the largest allowed key in base64; more is refused before it is parsed. */
const MAX_CERTIFICATE_TEXT = 16_384;

/** Admits who holds the key of a certificate that chains to the configured roots, or to the server's own. */
export const x509popServerAttestor: ServerNodeAttestorFactory = definePlugin({
  kind: 'NodeAttestor',
  name: TYPE,
  settings: serverSettings,
  rules: serverRules,
  create: async (values, host: ServerPluginHost) => {
    const roots = await loadRoots(values);
    return new X509popServerAttestor(serverConfig(values), roots, host);
  },
});

class X509popServerAttestor implements ServerNodeAttestor {
  readonly type: string = TYPE;
  readonly #config: X509popConfig;
  readonly #roots: readonly Certificate[];
  readonly #host: ServerPluginHost;

  constructor(config: X509popConfig, roots: readonly Certificate[], host: ServerPluginHost) {
    this.#config = config;
    this.#roots = roots;
    this.#host = host;
  }

  async attest(payload: Uint8Array, context: AttestationContext): Promise<NodeAttestation> {
    const [leaf, ...intermediates] = certificatesIn(payload, this.#config);
    if (leaf === undefined) throw refusal('ERR_ATTESTATION_PAYLOAD', 'no certificate to attest');
    const chain = await this.#verify(leaf, intermediates);
    if (this.#config.verifiesClientIp) requireClientIp(leaf, context.peerAddress);
    await requirePossession(leaf, context);
    const { trustDomain } = this.#host;
    const svidPath = this.#config.mode === 'spiffe' ? this.#svidPath(leaf) : '';
    const agentId = this.#agentId(leaf, svidPath);
    return { agentId, selectors: selectorsOf(chain, trustDomain), canReattest: true };
  }

  async close(): Promise<void> {}

  async #verify(leaf: Certificate, intermediates: readonly Certificate[]): Promise<readonly Certificate[]> {
    const roots =
      this.#config.mode === 'spiffe' ? (await this.#host.ownX509Bundle()).authorities : this.#roots;
    try {
      return verifyChain(leaf, {
        intermediates,
        roots,
        at: nowSeconds(this.#host.clock),
        maxIntermediates: this.#config.maxIntermediates,
        conformance: NODE_CONFORMANCE,
      });
    } catch (cause) {
      throw refusal('ERR_ATTESTATION_FAILED', `certificate verification failed: ${reasonOf(cause)}`, cause);
    }
  }

  #svidPath(leaf: Certificate): string {
    const id = svidIdOf(leaf);
    if (id?.memberOf(this.#host.trustDomain) !== true) {
      throw refusal('ERR_ATTESTATION_FAILED', 'valid SVID x509 cert not found');
    }
    if (!id.path.startsWith(this.#config.svidPrefix)) {
      throw refusal('ERR_ATTESTATION_FAILED', 'x509 cert doesnt match SVID prefix');
    }
    return id.path.slice(this.#config.svidPrefix.length);
  }

  #agentId(leaf: Certificate, svidPath: string): SpiffeId {
    const { trustDomain } = this.#host;
    try {
      return this.#config.template.agentId(trustDomain, templateData(leaf, trustDomain, svidPath));
    } catch (cause) {
      throw refusal('ERR_ATTESTATION_AGENT_ID', reasonOf(cause), cause);
    }
  }
}

/** The certificates of the payload, leaf first; every bound is checked before any signature is. */
function certificatesIn(payload: Uint8Array, config: X509popConfig): readonly Certificate[] {
  const maxBytes = (config.maxIntermediates + 2) * MAX_CERTIFICATE_TEXT;
  const chainDer = decoded('failed to unmarshal data', () => decodeCertificates(payload, maxBytes));
  if (chainDer.length - 1 > config.maxIntermediates) {
    throw refusal('ERR_ATTESTATION_PAYLOAD', 'too many intermediate certificates');
  }
  return chainDer.map((der, i) =>
    certificateOf(der, i === 0 ? 'leaf certificate' : `intermediate certificate ${i - 1}`, config),
  );
}

function certificateOf(der: Uint8Array, name: string, config: X509popConfig): Certificate {
  try {
    const certificate = parseNodeCertificate(der);
    if (isAffordable(certificate.publicKey, config.maxRsaBits)) return certificate;
  } catch (cause) {
    if (!(cause instanceof SignetError && cause.code === 'ERR_KEY_SIZE')) {
      throw refusal('ERR_ATTESTATION_PAYLOAD', `unable to parse ${name}: ${reasonOf(cause)}`, cause);
    }
  }
  throw refusal('ERR_ATTESTATION_PAYLOAD', `${name} key size too large`);
}

function requireClientIp(leaf: Certificate, peerAddress: string | undefined): void {
  if (peerAddress === undefined) throw refusal('ERR_INTERNAL', 'client IP not available for verification');
  if (isAddressNamed(peerAddress, leaf.ipSans)) return;
  throw refusal('ERR_ATTESTATION_FAILED', `client IP ${peerAddress} does not match any certificate IP SAN`);
}

/** @param leaf - the very certificate that was chained; its key, and no other, must have signed. */
async function requirePossession(leaf: Certificate, context: AttestationContext): Promise<void> {
  const method = possessionMethod(leaf.publicKey);
  if (method === undefined)
    throw refusal('ERR_INTERNAL', 'unable to generate challenge: unsupported public key type');
  if (((leaf.keyUsage ?? 0) & keyUsage.digitalSignature) === 0) {
    throw refusal(
      'ERR_INTERNAL',
      'unable to generate challenge: certificate not intended for digital signature use',
    );
  }
  const nonce = randomBytes(NONCE_BYTES);
  const answer = await context.challenge(encodeChallenge({ method, nonce }));
  context.signal.throwIfAborted();
  const response = decoded('unable to unmarshal challenge response', () => decodeResponse(answer));
  if (!(await verifyPossession(leaf.publicKey, nonce, response))) {
    throw refusal('ERR_ATTESTATION_CHALLENGE', 'challenge response verification failed');
  }
}

function svidIdOf(leaf: Certificate): SpiffeId | undefined {
  const uris = leaf.uriSans.filter((uri) => uri.toLowerCase().startsWith('spiffe:'));
  try {
    return uris.length === 1 ? parseSpiffeId(uris[0] ?? '') : undefined;
  } catch {
    return undefined;
  }
}

function decoded<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw refusal('ERR_ATTESTATION_PAYLOAD', `${what}: ${cause.message}`, cause);
  }
}

function refusal(
  code: AttestationErrorCode | GenericErrorCode,
  message: string,
  cause?: unknown,
): AttestationError {
  return new AttestationError(code, `nodeattestor(${TYPE}): ${message}`, { cause });
}

/** The message of an error of ours, which is safe to show; nothing of any other. */
function reasonOf(error: unknown): string {
  return error instanceof SignetError ? error.message : 'internal error';
}
