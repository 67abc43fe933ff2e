import { constants, type KeyObject } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';

/** The server's certificate and key, as they are now. */
export interface TlsIdentity {
  /** leaf first, no root. */
  readonly certChainPem: string;
  readonly key: KeyObject;
}

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const LINE = 64;
const PADDING = 0x3d;
const BEGIN = Buffer.from('-----BEGIN PRIVATE KEY-----\n');
const END = Buffer.from('-----END PRIVATE KEY-----\n');

/** Base64 in lines of 64, from bytes to bytes: a string could not be wiped. */
function base64Lines(data: Uint8Array): Buffer {
  const length = Math.ceil(data.length / 3) * 4;
  const out = Buffer.alloc(length + Math.ceil(length / LINE));
  let at = 0;
  for (let group = 0; group * 3 < data.length; group += 1) {
    const left = data.length - group * 3;
    const [a = 0, b = 0, c = 0] = data.subarray(group * 3, group * 3 + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (let digit = 0; digit < 4; digit += 1) {
      out[at] = digit > left ? PADDING : (ALPHABET[(bits >> (18 - 6 * digit)) & 63] ?? 0);
      at += 1;
    }
    const isLineEnd = (group * 4 + 4) % LINE === 0 || left <= 3;
    if (isLineEnd) {
      out[at] = 0x0a;
      at += 1;
    }
  }
  return out.subarray(0, at);
}

/** The key as a PEM that the caller wipes after use. */
export function privateKeyPem(key: KeyObject): Buffer {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const body = base64Lines(der);
  const pem = Buffer.concat([BEGIN, body, END]);
  der.fill(0);
  body.fill(0);
  return pem;
}

const NO_RESUMPTION =
  constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_CIPHER_SERVER_PREFERENCE;

// TLS 1.3 has its own three; of TLS 1.2 those with forward secrecy and authenticated encryption.
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/**
 * Hands `use` the settings of all new connections, and wipes the key's copy afterwards.
 *
 * TLS 1.2 at least, no resumption of any kind, no renegotiation; no authorities of the system are loaded, since the
 * client's chain is judged by SPIFFE rules.
 */
export function withSecureContext(identity: TlsIdentity, use: (options: SecureContextOptions) => void): void {
  const key = privateKeyPem(identity.key);
  try {
    use({
      cert: identity.certChainPem,
      key,
      ca: [],
      minVersion: 'TLSv1.2',
      ciphers: CIPHERS,
      secureOptions: NO_RESUMPTION,
    });
  } finally {
    key.fill(0);
  }
}
