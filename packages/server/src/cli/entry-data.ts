import type { WireEntryOutput } from '@signet/api';
import { ConfigError } from '@signet/core';
import { type CommandIo, errorText } from '@signet/daemon';
import { int32Argument, spiffeIdArgument } from './arguments.ts';
import { readJsonFile } from './data-file.ts';
import { wholeEntry } from './entry-json.ts';
import type { JsonReader } from './json-reader.ts';

const ENTRY_KEYS = [
  'entry_id',
  'spiffe_id',
  'parent_id',
  'selectors',
  'x509_svid_ttl',
  'jwt_svid_ttl',
  'federates_with',
  'dns_names',
  'hint',
  'admin',
  'downstream',
  'store_svid',
  'entryExpiry',
  'additional_attributes',
  // The server decides upon these; taken, as they are in what was exported.
  'revision_number',
  'created_at',
];

/**
 * Reads `{"entries": […]}` from a file, or from standard input for `-`; there is at least one.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE`, or what a value is refused with; the file is named.
 */
export function readEntryData(path: string, io: Pick<CommandIo, 'readStdin'>): Promise<WireEntryOutput[]> {
  return readJsonFile(path, io, entriesOf);
}

/** The entries of a data file; they are in the form of SPIRE's `RegistrationEntry` message. */
export function entriesOf(json: JsonReader): WireEntryOutput[] {
  const entries = json.only(['entries']).list('entries').map(entryOf);
  if (entries.length === 0) throw new ConfigError('ERR_CONFIG_FILE', 'json: there are no entries');
  return entries;
}

function entryOf(json: JsonReader): WireEntryOutput {
  json.only(ENTRY_KEYS);
  const attributes = additionalAttributes(json);
  return wholeEntry({
    id: json.text('entry_id'),
    spiffe_id: id(json.text('spiffe_id'), 'SPIFFE ID'),
    parent_id: id(json.text('parent_id'), 'parent ID'),
    selectors: json
      .list('selectors')
      .map((selector) => selector.only(['type', 'value']))
      .map((selector) => ({ type: selector.text('type'), value: selector.text('value') })),
    x509_svid_ttl: int32Argument('X509 SVID TTL', json.integer('x509_svid_ttl')),
    jwt_svid_ttl: int32Argument('JWT SVID TTL', json.integer('jwt_svid_ttl')),
    federates_with: json.texts('federates_with'),
    dns_names: json.texts('dns_names'),
    hint: json.text('hint'),
    admin: json.flag('admin'),
    downstream: json.flag('downstream'),
    store_svid: json.flag('store_svid'),
    expires_at: String(json.integer('entryExpiry')),
    ...(attributes !== undefined && { additional_attributes: attributes }),
  });
}

function additionalAttributes(
  json: JsonReader,
): NonNullable<WireEntryOutput['additional_attributes']> | undefined {
  const attributes = json
    .member('additional_attributes')
    ?.only(['disable_x509_svid_prefetch', 'jwt_svid_include_jti']);
  return (
    attributes && {
      disable_x509_svid_prefetch: attributes.flag('disable_x509_svid_prefetch'),
      jwt_svid_include_jti: attributes.flag('jwt_svid_include_jti'),
    }
  );
}

function id(text: string, name: string): WireEntryOutput['spiffe_id'] {
  try {
    return spiffeIdArgument(text);
  } catch (error) {
    throw new ConfigError('ERR_CONFIG_FILE', `invalid ${name}: ${errorText(error)}`, { cause: error });
  }
}
