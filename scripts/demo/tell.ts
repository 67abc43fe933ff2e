/** What the demo's server answers: whom it takes its caller for. */
export interface Answer {
  readonly caller?: string;
  /** The task that the caller acts in. */
  readonly task?: string;
  readonly serial?: string;
}

/** What the demo's processes report to the demo: one JSON object a line. */
export type Report =
  | { event: 'identity'; id: string; serial: string }
  | { event: 'listening'; port: number }
  | ({ event: 'answer'; connection: string } & Answer)
  | { event: 'task'; id: string }
  | { event: 'hung-up'; task: string; code: string; reason: string }
  | { event: 'failed'; connection?: string; reason: string }
  | { event: 'dropped' }
  | { event: 'accepted' }
  | { event: 'refused'; code: string; reason: string };

/** Reports to the demo. */
export function tell(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
