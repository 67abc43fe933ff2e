import { randomUUID } from 'node:crypto';

/** A new `jti`: base64url of the 16 octets of a random UUID, as SPIRE makes them. */
export function newTokenId(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
}
