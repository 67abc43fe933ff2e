import { type WireEntryOutput } from '@signet/api';
import { type Flag, flag, flagError, type FlagValues } from '@signet/daemon';
import { int32Argument, selectorArgument, spiffeIdArgument } from './arguments.ts';
import { wholeEntry } from './entry-json.ts';
import { type ApiFlags, apiFlags } from './server-flags.ts';

/** The flags that `entry create` and `entry update` share. */
export interface EntryFlags extends ApiFlags {
  readonly entryID: Flag<string>;
  readonly parentID: Flag<string>;
  readonly spiffeID: Flag<string>;
  readonly selector: Flag<readonly string[]>;
  readonly x509SVIDTTL: Flag<number>;
  readonly jwtSVIDTTL: Flag<number>;
  readonly federatesWith: Flag<readonly string[]>;
  readonly dns: Flag<readonly string[]>;
  readonly hint: Flag<string>;
  readonly admin: Flag<boolean>;
  readonly downstream: Flag<boolean>;
  readonly storeSVID: Flag<boolean>;
  readonly disableX509SVIDPrefetch: Flag<boolean>;
  readonly jwtSVIDIncludeJTI: Flag<boolean>;
  readonly entryExpiry: Flag<number>;
  readonly data: Flag<string>;
}

/** Made once. */
export const entryFlags: EntryFlags = {
  ...apiFlags,
  entryID: flag.text(
    'A custom ID for this registration entry (optional). If not set, a new entry ID will be generated',
  ),
  parentID: flag.text("The SPIFFE ID of this record's parent"),
  spiffeID: flag.text('The SPIFFE ID that this record represents'),
  selector: flag.list('A colon-delimited type:value selector. Can be used more than once'),
  x509SVIDTTL: flag.int('The lifetime, in seconds, for x509-SVIDs issued based on this registration entry.'),
  jwtSVIDTTL: flag.int('The lifetime, in seconds, for JWT-SVIDs issued based on this registration entry.'),
  federatesWith: flag.list('SPIFFE ID of a trust domain to federate with. Can be used more than once'),
  dns: flag.list(
    'A DNS name that will be included in SVIDs issued based on this entry. Can be used more than once',
  ),
  hint: flag.text('The entry hint, used to disambiguate entries with the same SPIFFE ID'),
  admin: flag.bool(
    "If set, the SPIFFE ID in this entry will be granted access to the server's management APIs",
  ),
  downstream: flag.bool('If set, the entry describes a downstream server'),
  storeSVID: flag.bool('If set, SVIDs of this entry are stored through an SVIDStore plugin'),
  disableX509SVIDPrefetch: flag.bool(
    'If set, agents do not fetch the X509-SVID of this entry before it is asked for',
  ),
  jwtSVIDIncludeJTI: flag.bool(
    "If set, JWT-SVIDs of this entry have a unique 'jti' claim and are not cached by agents",
  ),
  entryExpiry: flag.int(
    'An expiry, from epoch in seconds, for the resulting registration entry to be pruned',
  ),
  data: flag.text(
    'Path to a file containing registration JSON (optional). If set to "-", read the JSON from stdin.',
    '',
    {
      placeholder: 'path',
    },
  ),
};

/** What those flags read as. */
export type EntryFlagValues = FlagValues<EntryFlags>;

/** @throws {ConfigError} `ERR_CONFIG_FLAG` */
export function requireEntryIds(flags: EntryFlagValues, isNode: boolean, noParent: string): void {
  if (flags.selector.length === 0) throw flagError('at least one selector is required');
  if (isNode && flags.federatesWith.length > 0) throw flagError('node entries can not federate');
  if (flags.parentID === '' && !isNode) throw flagError(noParent);
  if (flags.spiffeID === '') throw flagError('a SPIFFE ID is required');
  if (flags.x509SVIDTTL < 0) throw flagError('a positive x509-SVID TTL is required');
  if (flags.jwtSVIDTTL < 0) throw flagError('a positive JWT-SVID TTL is required');
}

/**
 * The entry that the flags describe.
 *
 * @param isNode - the entry is for nodes: its parent is the server.
 */
export function entryOfFlags(flags: EntryFlagValues, isNode: boolean): WireEntryOutput {
  const spiffeId = spiffeIdArgument(flags.spiffeID);
  return wholeEntry({
    id: flags.entryID,
    spiffe_id: spiffeId,
    parent_id: isNode
      ? { trust_domain: spiffeId.trust_domain, path: '/spire/server' }
      : spiffeIdArgument(flags.parentID),
    x509_svid_ttl: int32Argument('X509 SVID TTL', flags.x509SVIDTTL),
    jwt_svid_ttl: int32Argument('JWT SVID TTL', flags.jwtSVIDTTL),
    selectors: flags.selector.map(selectorArgument),
    federates_with: [...flags.federatesWith],
    dns_names: [...flags.dns],
    hint: flags.hint,
    admin: flags.admin,
    downstream: flags.downstream,
    store_svid: flags.storeSVID,
    expires_at: String(flags.entryExpiry),
    ...attributesOf(flags),
  });
}

function attributesOf(flags: EntryFlagValues): Pick<WireEntryOutput, 'additional_attributes'> {
  if (!flags.disableX509SVIDPrefetch && !flags.jwtSVIDIncludeJTI) return {};
  return {
    additional_attributes: {
      disable_x509_svid_prefetch: flags.disableX509SVIDPrefetch,
      jwt_svid_include_jti: flags.jwtSVIDIncludeJTI,
    },
  };
}
