/**
 * The pairs that URI SANs `x509pop://<trust domain>/<key>/<value>` give; the value may hold further slashes, and of
 * several values of one key the last counts.
 */
export function sanPairs(uriSans: readonly string[], trustDomain: string): ReadonlyMap<string, string> {
  const prefix = `x509pop://${trustDomain}/`;
  const pairs = new Map<string, string>();
  for (const uri of uriSans) {
    const path = uri.startsWith(prefix) ? pathAfter(uri, prefix) : undefined;
    const slash = path?.indexOf('/') ?? -1;
    if (path !== undefined && slash > 0) pairs.set(path.slice(0, slash), path.slice(slash + 1));
  }
  return pairs;
}

function pathAfter(uri: string, prefix: string): string | undefined {
  const path = uri.slice(prefix.length).replace(/[?#].*$/s, '');
  try {
    return trimSlashes(decodeURIComponent(path));
  } catch {
    return undefined;
  }
}

function trimSlashes(path: string): string {
  let [start, end] = [0, path.length];
  while (path[start] === '/') start++;
  while (end > start && path[end - 1] === '/') end--;
  return path.slice(start, end);
}
