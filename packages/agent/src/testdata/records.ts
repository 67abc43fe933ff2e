import type { RegistrationEntry } from '@signet/core';
import { makeKeyAndRequest } from '../sync/certificate-request.ts';
import { recordX509Svid, type X509SvidRecord } from '../sync/x509-svid-record.ts';
import type { IssueOptions, TestAuthority } from './test-authority.ts';

/** An X.509-SVID for an entry, issued by a real authority for a real key. */
export function issuedRecord(
  authority: TestAuthority,
  entry: RegistrationEntry,
  options: IssueOptions = {},
): X509SvidRecord {
  const key = makeKeyAndRequest('ec-p256', entry.spiffeId);
  const chain = authority.issueFor(key.csrDer, entry.spiffeId.uri, options);
  return recordX509Svid(entry, key, chain, 0.5, {});
}
