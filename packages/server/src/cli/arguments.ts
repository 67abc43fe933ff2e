import type { WireSelectorInput, WireSPIFFEIDOutput } from '@signet/api';
import { parseSpiffeId, SelectorError } from '@signet/core';
import { flagError } from '@signet/daemon';

const MAX_INT32 = 2 ** 31 - 1;

/** A SPIFFE ID of the command line, as the APIs carry it. @throws {SpiffeIdError} with the parser's codes. */
export function spiffeIdArgument(text: string): WireSPIFFEIDOutput {
  const id = parseSpiffeId(text);
  return { trust_domain: id.trustDomain.name, path: id.path };
}

/**
 * A selector of the command line, as the APIs carry it. Whether its parts may be empty is the server's to say.
 *
 * @throws {SelectorError} `ERR_SELECTOR_SYNTAX` when it has no colon.
 */
export function selectorArgument(text: string): Required<WireSelectorInput> {
  const colon = text.indexOf(':');
  if (colon === -1) {
    throw new SelectorError('ERR_SELECTOR_SYNTAX', `selector "${text}" must be formatted as type:value`);
  }
  return { type: text.slice(0, colon), value: text.slice(colon + 1) };
}

/**
 * A number that must fit the 32 bits of its field.
 *
 * @param name - what it is, for the message.
 * @throws {ConfigError} `ERR_CONFIG_FLAG`
 */
export function int32Argument(name: string, value: number): number {
  if (value > MAX_INT32)
    throw flagError(`invalid value for ${name}: overflow converting int(${value}) to int32`);
  return value;
}
