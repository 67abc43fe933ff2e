const LABEL_WIDTH = 16;

/** `Label           : value`, or nothing when there is no value. */
export function labelledLine(label: string, value: string): string {
  return value === '' ? '' : `${label.padEnd(LABEL_WIDTH)}: ${value}\n`;
}

/** A line for each value. */
export function labelledLines(label: string, values: readonly string[]): string {
  return values.map((value) => labelledLine(label, value)).join('');
}
