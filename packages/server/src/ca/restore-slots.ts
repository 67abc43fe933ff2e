import { AuthorityError, authorityIdOf, parseCertificate, type Bundle, type UnixSeconds } from '@signet/core';
import type { KeyManager, ManagedKey } from '@signet/plugins';
import type { JournalRecord } from './authority-journal.ts';
import { slotKeyId, type Authority } from './authority.ts';
import { publicationOf } from './publication.ts';

/** What a journal still gives: authorities that may be used, and why the others may not. */
export interface RestoredSlots {
  readonly authorities: readonly Authority[];
  readonly dropped: readonly { readonly record: JournalRecord; readonly reason: string }[];
}

/**
 * Brings journalled slots back, each only if its key is still there and its authority still trusted.
 *
 * @throws {AuthorityError} `ERR_AUTHORITY_JOURNAL` a record contradicts its own certificate.
 * @spec SPIRE CA journal
 */
export async function restoreSlots(
  records: readonly JournalRecord[],
  deps: { readonly keyManager: KeyManager; readonly bundle: Bundle | undefined; readonly now: UnixSeconds },
): Promise<RestoredSlots> {
  const authorities: Authority[] = [];
  const dropped: { record: JournalRecord; reason: string }[] = [];
  for (const record of records) {
    const key = await deps.keyManager.getKey(slotKeyId(record.kind, record.slot));
    const found = restoreSlot(record, key, deps.bundle, deps.now);
    if (typeof found === 'string') dropped.push({ record, reason: found });
    else authorities.push(found);
  }
  return { authorities, dropped };
}

/** The authority, or the reason why it is not used. */
function restoreSlot(
  record: JournalRecord,
  key: ManagedKey | undefined,
  bundle: Bundle | undefined,
  now: UnixSeconds,
): Authority | string {
  if (record.expiresAt <= now) return 'it has expired';
  if (key === undefined) return 'its key is gone';
  const authority = authorityOf(record, key);
  const spkiDer = authority.kind === 'x509' ? authority.certificate.spkiDer : authority.published.spkiDer;
  if (Buffer.compare(key.spkiDer, spkiDer) !== 0) return 'the key in its slot is another one';
  const publication = publicationOf(bundle, authority);
  if (publication === 'published') return authority;
  return publication === 'tainted' && record.status === 'old' ? authority : `it is ${publication}`;
}

function authorityOf(record: JournalRecord, key: ManagedKey): Authority {
  const { slot, status, authorityId, issuedAt, expiresAt } = record;
  const common = { slot, status, authorityId, issuedAt, expiresAt, key };
  if (record.kind === 'jwt') {
    return {
      ...common,
      kind: 'jwt',
      published: { keyId: authorityId, spkiDer: record.der, expiresAt, tainted: false },
    };
  }
  const certificate = parseCertificate(record.der);
  if (certificate.notAfter !== expiresAt || authorityIdOf(certificate) !== authorityId) throw contradictory();
  return { ...common, kind: 'x509', certificate };
}

function contradictory(): AuthorityError {
  return new AuthorityError('ERR_AUTHORITY_JOURNAL', 'the CA journal contradicts its own certificates');
}
