/** What a connection is cut for that takes more than its share; a closed set, for it labels a metric. */
export type Flood =
  | 'too many bytes without a message'
  | 'message in too many frames'
  | 'too many frames of unfinished messages'
  | 'too many unfinished messages'
  | 'too many unfinished messages in all'
  | 'too many unanswered requests'
  | 'too many unanswered calls';
