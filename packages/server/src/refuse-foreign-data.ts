import { ConfigError, type TrustDomain } from '@signet/core';
import type { Datastore } from './datastore/index.ts';

/**
 * Refuses to start on the data of another trust domain, before a key or the bundle is touched.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` with what was found.
 */
export async function refuseForeignData(datastore: Datastore, trustDomain: TrustDomain): Promise<void> {
  const first = { size: 1, token: '' };
  const [entry] = (await datastore.entries.list({}, first)).items;
  refuse('a registration entry', entry?.spiffeId.trustDomain, trustDomain);
  const [agent] = (await datastore.agents.list({}, first, { withSelectors: false })).items;
  refuse('an attested agent', agent?.id.trustDomain, trustDomain);
}

function refuse(what: string, found: TrustDomain | undefined, configured: TrustDomain): void {
  if (found === undefined || found.equals(configured)) return;
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `${what} with trust domain '${found.name}' has been detected, which does not match the configured trust domain ` +
      `of '${configured.name}': set trust_domain back, or start with another data directory and datastore`,
  );
}
