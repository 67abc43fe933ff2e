/** The decimal form of a certificate serial number, as node rows and the wire hold it. */
export function decimalSerial(serialHex: string): string {
  return BigInt(`0x${serialHex}`).toString();
}
