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
  entryID: flag.text('ID of the entry; the server makes one without it', '', { placeholder: 'id' }),
  parentID: flag.text('SPIFFE ID of the agent, or of the node entry, whose workloads the entry is for'),
  spiffeID: flag.text('SPIFFE ID that the workloads get'),
  selector: flag.list('Selector that a workload must have, type:value; can be used more than once', {
    placeholder: 'selector',
  }),
  x509SVIDTTL: flag.int("Lifetime of X509-SVIDs of this entry, in seconds; 0 is the server's default", 0, {
    unit: 'seconds',
  }),
  jwtSVIDTTL: flag.int("Lifetime of JWT-SVIDs of this entry, in seconds; 0 is the server's default", 0, {
    unit: 'seconds',
  }),
  federatesWith: flag.list('Trust domain whose bundle the workloads get too; can be used more than once', {
    placeholder: 'domain',
  }),
  dns: flag.list('DNS name in X509-SVIDs of this entry; can be used more than once', { placeholder: 'name' }),
  hint: flag.text('Word by which a workload with several SVIDs tells this one from the others'),
  admin: flag.bool("The workloads may call the server's management APIs"),
  downstream: flag.bool('The workload is a downstream server, which signs for itself'),
  storeSVID: flag.bool('Agents store the SVIDs by an SVIDStore plugin instead of serving them'),
  disableX509SVIDPrefetch: flag.bool('Agents fetch the X509-SVID only when a workload asks for it'),
  jwtSVIDIncludeJTI: flag.bool(
    "JWT-SVIDs have a unique 'jti' claim, and agents keep none for the next caller",
  ),
  entryExpiry: flag.int('When the entry ends and is removed, in Unix seconds (date +%s); 0 is never', 0, {
    unit: 'seconds',
  }),
  data: flag.text('File with many entries as JSON, instead of the other flags; "-" is standard input', '', {
    placeholder: 'path',
  }),
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
