/** What changed, without saying how: the agent asks by the ordinary calls. */
export type Hint = 'entries' | 'bundles' | 'authorities' | 'statusDocuments' | 'tasks';

/** All hints: for an agent whose last state is not known. */
export const ALL_HINTS: readonly Hint[] = ['entries', 'bundles', 'authorities', 'statusDocuments', 'tasks'];
