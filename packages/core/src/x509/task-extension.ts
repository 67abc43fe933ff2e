import { DerError } from '../errors.ts';
import { isTaskId } from '../task/task-id.ts';
import { type BackwardWriter } from './der/backward-writer.ts';
import { DerReader } from './der/der-reader.ts';
import { encodeObjectIdentifier } from './der/der-writer.ts';
import { tag } from './der/tag.ts';
import { oid } from './object-identifiers.ts';

const encodedOid = encodeObjectIdentifier(oid.signetTask);

/**
 * Puts the extension that names the task which an X509-SVID was issued in: not critical, a UTF8String of the task's ID.
 * Nothing for no task.
 */
export function putTask(writer: BackwardWriter, taskId: string | undefined): void {
  if (taskId === undefined) return;
  if (!isTaskId(taskId)) throw new TypeError('not a task ID');
  const before = writer.mark;
  writer.putLatin1(taskId);
  writer.close(tag.utf8String, before);
  writer.close(tag.octetString, before);
  writer.put(encodedOid);
  writer.close(tag.sequence, before);
}

/** The task ID in the extension's value. @throws {DerError} `ERR_DER_VALUE` it is none, `ERR_DER_*` malformed. */
export function readTask(value: Uint8Array): string {
  const reader = new DerReader(value);
  const text = Buffer.from(reader.content(tag.utf8String)).toString('latin1');
  reader.requireEnd();
  if (!isTaskId(text)) throw new DerError('ERR_DER_VALUE', 'not a task ID');
  return text;
}
