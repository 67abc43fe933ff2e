import type { WorkloadApiError } from '../errors.ts';
import { failed } from './failure.ts';

/** Told of a part that cannot be used; throws it where nothing may be left out. */
export type Report = (error: WorkloadApiError) => void;

/** Reads each of several parts; those that cannot be read are reported and left out. */
export function usable<Part, Value>(
  parts: readonly Part[],
  report: Report,
  read: (part: Part) => Value,
): readonly Value[] {
  return parts.flatMap((part) => {
    try {
      return [read(part)];
    } catch (error) {
      report(failed(error));
      return [];
    }
  });
}
