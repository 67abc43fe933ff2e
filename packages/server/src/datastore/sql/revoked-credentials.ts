import { ledgerKinds } from './ledger-rows.ts';
import { REVOCATION_SLACK } from './revocation-rows.ts';
import { type Placeholders, prepare } from './statement.ts';
import { allRows, type Steps } from './steps.ts';

/** A revoked credential, as CRLs and status lists name it, and where it was found. */
export interface RevokedCredentialRow {
  readonly authority_id: string;
  /** Serial number or `jti`. */
  readonly credential: string;
  readonly revoked_at: number;
  readonly reason: number;
  /** Of its revocation. */
  readonly sequence: number;
  /** In the ledger; 0 for one that its revocation names. */
  readonly position: number;
}

/** How far a reading has come: first what revocations name, then what rules and tasks hit. */
export interface RevokedPlace extends Pick<RevokedCredentialRow, 'sequence' | 'position'> {
  readonly isNamed: boolean;
}

/** A portion of what is revoked; `next` is where the next one begins, undefined after the last. */
export interface RevokedPortion {
  readonly rows: readonly RevokedCredentialRow[];
  readonly next: RevokedPlace | undefined;
}

interface Wanted {
  readonly kind: 'x509' | 'jwt';
  readonly at: number;
  readonly limit: number;
}

/** Where a reading begins. */
export const REVOKED_START: RevokedPlace = { isNamed: true, sequence: 0, position: 0 };

const selectNamed = prepare<Wanted & RevokedPlace, RevokedCredentialRow>((db, value) =>
  db
    .selectFrom('revocations')
    .select((eb) => [
      'authority_id',
      'credential',
      'revoked_at',
      'reason',
      'sequence',
      eb.lit(0).as('position'),
    ])
    .where('sequence', '>', value('sequence'))
    .where('kind', '=', value('kind'))
    .where('expires_at', '>', value('at'))
    .orderBy('sequence')
    .limit(value('limit')),
);

type HitBy = Omit<Wanted, 'kind'> &
  Omit<RevokedPlace, 'isNamed'> & { readonly ledgerKind: (typeof ledgerKinds)['x509' | 'jwt'] };

/** What is left of a rule or task that a portion broke off in. */
const selectRest = prepare<HitBy, RevokedCredentialRow>((db, value) =>
  hit(db, value)
    .where('ledger.revocation', '=', value('sequence'))
    .where('ledger.position', '>', value('position')),
);

const selectFurther = prepare<HitBy, RevokedCredentialRow>((db, value) =>
  hit(db, value).where('ledger.revocation', '>', value('sequence')),
);

/** Reads a portion, none larger than the limit. @see RevocationStore.revokedSerials */
export function* revokedPortion({ from, ...wanted }: Wanted & { from: RevokedPlace }): Steps<RevokedPortion> {
  const rows = from.isNamed
    ? yield* allRows(selectNamed({ ...wanted, ...from }))
    : yield* hitByRules(wanted, from);
  const last = rows.length < wanted.limit ? undefined : rows.at(-1);
  if (last !== undefined) {
    const { sequence, position } = last;
    return { rows, next: { isNamed: from.isNamed, sequence, position } };
  }
  return { rows, next: from.isNamed ? { ...REVOKED_START, isNamed: false } : undefined };
}

/** The ledger knows which credentials these were. Two statements, so that each goes along an index. */
function* hitByRules(
  { kind, at, limit }: Wanted,
  from: RevokedPlace,
): Steps<readonly RevokedCredentialRow[]> {
  const place = { ledgerKind: ledgerKinds[kind], at: at - REVOCATION_SLACK, ...from };
  const rest = yield* allRows(selectRest({ ...place, limit }));
  if (rest.length === limit) return rest;
  return [...rest, ...(yield* allRows(selectFurther({ ...place, limit: limit - rest.length })))];
}

function hit(db: Parameters<Parameters<typeof prepare>[0]>[0], value: Placeholders<HitBy>) {
  return db
    .selectFrom('ledger')
    .innerJoin('revocations', 'revocations.sequence', 'ledger.revocation')
    .select([
      'ledger.authority_id',
      'ledger.credential',
      'ledger.revoked_at',
      'revocations.reason',
      'ledger.revocation as sequence',
      'ledger.position',
    ])
    .where('ledger.revocation', '<>', 0)
    .where('ledger.kind', '=', value('ledgerKind'))
    .where('ledger.credential', '<>', '')
    .where('ledger.expires_at', '>', value('at'))
    .where('revocations.kind', 'in', ['subject', 'task'])
    .orderBy('ledger.revocation')
    .orderBy('ledger.position')
    .limit(value('limit'));
}
