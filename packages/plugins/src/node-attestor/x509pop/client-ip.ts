import { BlockList, isIP } from 'node:net';

const MAPPED_PREFIX = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * Whether one of the certificate's IP SANs is the peer's address; IPv4 mapped into IPv6 counts as IPv4.
 *
 * @param ipSans - 4 or 16 octets each.
 */
export function isAddressNamed(peerAddress: string, ipSans: readonly Uint8Array[]): boolean {
  const family = isIP(peerAddress);
  if (family === 0) return false;
  const named = new BlockList();
  for (const octets of ipSans) {
    const plain = unmapped(octets);
    if (plain.length === 4) named.addAddress(plain.join('.'), 'ipv4');
    else if (plain.length === 16) named.addAddress(groupsOf(plain), 'ipv6');
  }
  return named.check(peerAddress, family === 4 ? 'ipv4' : 'ipv6');
}

function unmapped(octets: Uint8Array): Uint8Array {
  const isMapped = octets.length === 16 && MAPPED_PREFIX.equals(octets.subarray(0, 12));
  return isMapped ? octets.subarray(12) : octets;
}

function groupsOf(octets: Uint8Array): string {
  const hex = Buffer.from(octets).toString('hex');
  return hex.replace(/(....)(?=.)/g, '$1:');
}
