import type { CallCounter } from './metrics.ts';

const OK = 0;
const UNKNOWN = 2;

/** What the work gives; counted and timed as OK, or as Unknown when it fails, which is SPIRE's status of plain errors. */
export async function timed<T>(counter: CallCounter, work: () => Promise<T>): Promise<T> {
  const end = counter.start();
  try {
    const result = await work();
    end(OK);
    return result;
  } catch (error) {
    end(UNKNOWN);
    throw error;
  }
}
