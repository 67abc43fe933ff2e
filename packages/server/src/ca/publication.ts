import type { Bundle } from '@signet/core';
import type { BundleAuthorities } from '../datastore/bundle-store.ts';
import type { Authority } from './authority.ts';

/** Where an authority stands in the bundle that everybody else sees. */
export type Publication = 'published' | 'tainted' | 'not in the bundle';

/** What must be in the bundle before this authority signs. */
export function authoritiesToPublish(authority: Authority): BundleAuthorities {
  if (authority.kind === 'jwt') return { x509Authorities: [], jwtAuthorities: [authority.published] };
  return { x509Authorities: [{ der: authority.certificate.der, tainted: false }], jwtAuthorities: [] };
}

/** Whether those who hold the bundle accept what this authority signs. */
export function publicationOf(bundle: Bundle | undefined, authority: Authority): Publication {
  const found =
    authority.kind === 'jwt'
      ? bundle?.jwtAuthorities.find(({ keyId }) => keyId === authority.authorityId)
      : bundle?.x509Authorities.find(({ der }) => Buffer.compare(der, authority.certificate.der) === 0);
  if (found === undefined) return 'not in the bundle';
  return found.tainted ? 'tainted' : 'published';
}
