import { peekSocket, setSocketOption } from '../platform/libc.ts';

const SO_PASSCRED = 16;
const SO_PEEK_OFF = 42;
const SOL_SOCKET = 1;
const SCM_CREDENTIALS = 2;
// struct cmsghdr { size_t length; int level, type; } and then struct ucred { int pid, uid, gid; }.
const LEVEL_AT = 8;
const TYPE_AT = 12;
const PID_AT = 16;
const CONTROL_BYTES = 64;

/** Bytes that one process has written to a Unix socket and that nobody has read yet. */
export interface WaitingBytes {
  /** who wrote them, by the kernel's word; 0 when it was written before senders were recorded. */
  readonly senderPid: number;
  readonly bytes: Uint8Array;
}

/** From now on the kernel notes for all that is written to the other end which process wrote it. */
export function recordSenders(socketFd: number): void {
  setSocketOption(socketFd, SO_PASSCRED, 1);
}

/**
 * From now on each look at what waits goes on where the last one ended, so that no byte is looked at twice; or begins at
 * the first byte again, as it does by default.
 */
export function lookAhead(socketFd: number, on: boolean): void {
  setSocketOption(socketFd, SO_PEEK_OFF, on ? 0 : -1);
}

/**
 * The first bytes that wait in a socket; what another process wrote after them is not among them.
 *
 * @param scratch - where the bytes are put; more than it holds is not seen.
 * @returns undefined when nothing waits.
 * @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL`
 */
export function waitingBytes(socketFd: number, scratch: Uint8Array): WaitingBytes | undefined {
  const control = new Uint8Array(CONTROL_BYTES);
  const count = peekSocket(socketFd, scratch, control);
  if (count === undefined || count === 0) return undefined;
  const view = new DataView(control.buffer);
  const isCredentials =
    view.getInt32(LEVEL_AT, true) === SOL_SOCKET && view.getInt32(TYPE_AT, true) === SCM_CREDENTIALS;
  return { senderPid: isCredentials ? view.getInt32(PID_AT, true) : 0, bytes: scratch.subarray(0, count) };
}
