/** What the demo's processes report to the demo: one JSON object a line. */
export type Report =
  | { event: 'identity'; id: string; serial: string }
  | { event: 'listening'; port: number }
  | { event: 'answer'; connection: string; caller?: string; serial?: string }
  | { event: 'failed'; connection?: string; reason: string }
  | { event: 'dropped' }
  | { event: 'accepted' }
  | { event: 'refused'; code: string; reason: string };

/** Reports to the demo. */
export function tell(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
