import { SignetError, validateEntryForUpdate } from '@signet/core';
import type { EntryRow } from './entry-rows.ts';
import { parseFederations } from './entry-index-rows.ts';
import type { RefusalRecord } from './refusal.ts';
import { hasRepetition, parseSelectorList, selectorKeys } from './selector-list.ts';
import { prepare } from './statement.ts';
import { firstRow, type Steps } from './steps.ts';

const findBundle = prepare<{ trustDomain: string }, { row_id: number }>((db, value) =>
  db.selectFrom('bundles').select('row_id').where('trust_domain', '=', value('trustDomain')),
);

/**
 * Why the entry cannot be stored whatever its ID: fields that do not go together, something named twice, or a federated
 * domain without a bundle.
 *
 * An update may name some fields only: what the whole then says is known here, where nobody else writes meanwhile.
 */
export function* refuseContent(row: EntryRow): Steps<RefusalRecord | undefined> {
  const refusal = refuseCombination(row);
  if (refusal !== undefined) return refusal;
  if (hasRepetition(selectorKeys(row.selectors))) {
    return alreadyExists('a selector is named more than once');
  }
  if (hasDuplicates(row.dns_names)) return alreadyExists('a DNS name is named more than once');
  return yield* refuseFederations(row);
}

function refuseCombination(row: EntryRow): RefusalRecord | undefined {
  try {
    validateEntryForUpdate({
      selectors: parseSelectorList(row.selectors).map(([type, value]) => ({ type, value })),
      x509SvidTtl: row.x509_svid_ttl,
      jwtSvidTtl: row.jwt_svid_ttl,
      storeSvid: row.store_svid === 1,
    });
    return undefined;
  } catch (error) {
    if (error instanceof SignetError) return { code: error.code, message: error.message };
    throw error;
  }
}

function* refuseFederations(row: EntryRow): Steps<RefusalRecord | undefined> {
  for (const trustDomain of parseFederations(row)) {
    if ((yield* firstRow(findBundle({ trustDomain }))) !== undefined) continue;
    const message = `unable to find federated bundle "spiffe://${trustDomain}"`;
    return { code: 'ERR_STORE_FEDERATED_BUNDLE', message };
  }
  return undefined;
}

/** The refusal for what may exist only once. */
export function alreadyExists(message: string): RefusalRecord {
  return { code: 'ERR_ALREADY_EXISTS', message };
}

function hasDuplicates(json: string): boolean {
  if (json === '[]') return false;
  const values = JSON.parse(json) as readonly string[];
  return new Set(values).size !== values.length;
}
