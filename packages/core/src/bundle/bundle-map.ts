import { BundleError, SignetError } from '../errors.ts';
import { formatJson } from '../json/format-json.ts';
import { isJsonObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { TrustDomain } from '../spiffe-id/trust-domain.ts';
import type { Bundle } from './bundle.ts';
import { spiffeBundleDocument, type FormatBundleOptions } from './format-spiffe-bundle.ts';
import { readSpiffeBundleDocument } from './parse-spiffe-bundle.ts';

/**
 * The bundles of a SPIFFE Bundle Map, by trust domain name: all of it or nothing.
 *
 * Refresh hints of the contained bundles come out as 0, because only the map's own refresh counts.
 *
 * @param json - untrusted, at most 1 MiB.
 * @throws {JsonError} `ERR_JSON_*`; a trust domain given twice is `ERR_JSON_DUPLICATE_MEMBER`.
 * @throws {BundleError} `ERR_BUNDLE_DOCUMENT` no `trust_domains`, `ERR_BUNDLE_TRUST_DOMAIN` a name that is none, and the
 * codes of a bundle document.
 * @spec SPIFFE Trust Domain and Bundle §5
 */
export function parseBundleMap(json: string | Uint8Array): ReadonlyMap<string, Bundle> {
  const root = parseJson(json);
  const trustDomains = isJsonObject(root) ? root.get('trust_domains') : undefined;
  if (!isJsonObject(trustDomains)) {
    throw new BundleError('ERR_BUNDLE_DOCUMENT', 'bundle map has no object of trust domains');
  }
  return new Map(Array.from(trustDomains, ([name, document]) => [name, readContained(name, document)]));
}

/**
 * The bundles as a SPIFFE Bundle Map; their refresh hints are left out.
 *
 * @throws {BundleError} `ERR_BUNDLE_TRUST_DOMAIN` two bundles of one trust domain.
 */
export function formatBundleMap(bundles: readonly Bundle[], options: FormatBundleOptions = {}): string {
  const contained = new Map<string, JsonValue>();
  for (const bundle of bundles) {
    const { name } = bundle.trustDomain;
    if (contained.has(name)) {
      throw new BundleError('ERR_BUNDLE_TRUST_DOMAIN', `two bundles of trust domain "${name}"`);
    }
    contained.set(name, spiffeBundleDocument({ ...bundle, refreshHint: 0 }));
  }
  return formatJson(new Map([['trust_domains', contained]]), options.indent);
}

function readContained(name: string, document: JsonValue): Bundle {
  const { bundle } = readSpiffeBundleDocument(readName(name), document);
  return { ...bundle, refreshHint: 0 };
}

function readName(name: string): TrustDomain {
  try {
    return TrustDomain.fromName(name);
  } catch (cause) {
    const reason = cause instanceof SignetError ? cause.message : 'malformed';
    throw new BundleError('ERR_BUNDLE_TRUST_DOMAIN', `bundle map has an invalid name: ${reason}`, { cause });
  }
}
