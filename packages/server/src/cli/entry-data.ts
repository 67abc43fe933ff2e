import type { WireEntryOutput } from '@signet/api';
import { ConfigError } from '@signet/core';
import { type CommandIo, errorText } from '@signet/daemon';
import { int32Argument, spiffeIdArgument } from './arguments.ts';
import { readTextFile } from './data-file.ts';
import { wholeEntry } from './entry-json.ts';
import { JsonReader } from './json-reader.ts';

/**
 * Reads `{"entries": […]}` from a file, or from standard input for `-`.
 *
 * @throws {ConfigError} `ERR_CONFIG_FILE`, or what an ID is refused with.
 */
export async function readEntryData(
  path: string,
  io: Pick<CommandIo, 'readStdin'>,
): Promise<WireEntryOutput[]> {
  return parseEntryData(await readTextFile(path, io));
}

/** Reads the text of a data file; entries are in the form of SPIRE's `RegistrationEntry` message. */
export function parseEntryData(text: string): WireEntryOutput[] {
  return JsonReader.parse(text).list('entries').map(entryOf);
}

function entryOf(json: JsonReader): WireEntryOutput {
  const attributes = additionalAttributes(json);
  return wholeEntry({
    id: json.text('entry_id'),
    spiffe_id: id(json.text('spiffe_id'), 'SPIFFE ID'),
    parent_id: id(json.text('parent_id'), 'parent ID'),
    selectors: json
      .list('selectors')
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
  const attributes = json.member('additional_attributes');
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
