import { type TrustDomain } from '@signet/core';
import { type AppliedChange } from '../authz/entry-index.ts';
import { type Change } from '../datastore/change-log.ts';
import { type ChangeNews, type SequencedNews } from './recent-changes.ts';

/** What a change that was just applied means to agents; undefined for what they are told of in other ways. */
export function newsOf({ change, before }: AppliedChange, own: TrustDomain): ChangeNews | undefined {
  if (change.kind !== 'entry') return newsOfOther(change, own);
  const parents = [before, change.entry].flatMap((entry) =>
    entry === undefined ? [] : [entry.parentId.uri],
  );
  return { of: 'entry', parents: [...new Set(parents)] };
}

/** The same of changes that were made before this server started: what an entry was before its change is not known. */
export function newsOfRecorded(changes: readonly Change[], own: TrustDomain): readonly SequencedNews[] {
  return changes.map((change) => ({
    sequence: change.sequence,
    news: change.kind === 'entry' ? newsOfOldEntry(change.entry) : newsOfOther(change, own),
  }));
}

function newsOfOldEntry(entry: Extract<Change, { kind: 'entry' }>['entry']): ChangeNews {
  const isNew = entry?.revisionNumber === 0;
  return { of: 'entry', parents: isNew ? [entry.parentId.uri] : undefined };
}

function newsOfOther(change: Change, own: TrustDomain): ChangeNews | undefined {
  if (change.kind === 'agent') return { of: 'agent', agentUri: change.id };
  if (change.kind !== 'bundle') return undefined;
  return { of: 'all', hint: change.id === own.name ? 'authorities' : 'bundles' };
}
