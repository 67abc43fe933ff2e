/** Octets of a task ID: as many as nobody guesses. */
export const TASK_ID_OCTETS = 16;
const FORM = /^[A-Za-z0-9_-]{21}[AQgw](?![^])/;

/** A task ID from 16 random octets: 22 characters of base64url. */
export function newTaskId(random: Uint8Array): string {
  if (random.length !== TASK_ID_OCTETS) throw new TypeError(`a task ID is made of ${TASK_ID_OCTETS} octets`);
  return Buffer.from(random).toString('base64url');
}

/** Whether a text has the form of a task ID. */
export function isTaskId(text: string): boolean {
  return FORM.test(text);
}
