import { isIPv6 } from 'node:net';

const MAPPED = '::ffff:';
const NETWORK_GROUPS = 4;

/** The plain IPv4 address of a mapped one, however that is written, without a zone. */
export function plainAddress(address: string): string {
  const bare = address.split('%', 1)[0] ?? address;
  const lower = bare.toLowerCase();
  if (!lower.startsWith(MAPPED)) return lower;
  const mapped = lower.slice(MAPPED.length);
  if (mapped.includes('.')) return mapped;
  const [high = Number.NaN, low = Number.NaN, ...more] = mapped
    .split(':')
    .map((group) => Number.parseInt(group, 16));
  if (Number.isNaN(high + low) || more.length > 0) return lower;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * What connections are counted by: the IPv4 address, or the /64 network of an IPv6 address, whose owner has all
 * addresses in it.
 */
export function addressKey(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const groups = [...front, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...back];
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
