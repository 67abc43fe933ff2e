import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { ProcessError } from '@signet/core';

type Call = (...args: readonly (number | string | Uint8Array)[]) => number;
interface Koffi {
  load(path: null): { func(prototype: string): Call };
  errno(): number;
  address(value: Uint8Array): bigint;
}

const PR_SET_DUMPABLE = 4;
const PR_GET_DUMPABLE = 3;
const PR_SET_CHILD_SUBREAPER = 36;
const RLIMIT_CORE = 4;
const SOL_SOCKET = 1;
const SYS_PIDFD_OPEN = 434;
const SYS_PIDFD_SEND_SIGNAL = 424;
const WNOHANG = 1;
const F_DUPFD_CLOEXEC = 1030;
const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const POLLIN = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const MSG_PEEK = 2;
const MSG_DONTWAIT = 0x40;
const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;

/** Every operating-system call we make past Node, with its one fixed prototype. Linux only. */
interface LibC {
  readonly prctl: Call;
  readonly setrlimit: Call;
  readonly getsockopt: Call;
  readonly syscall: Call;
  readonly pidfdSendSignal: Call;
  readonly waitpid: Call;
  readonly fcntl: Call;
  readonly epollCreate: Call;
  readonly epollControl: Call;
  readonly epollWait: Call;
  readonly poll: Call;
  readonly close: Call;
  readonly flock: Call;
  readonly setsockopt: Call;
  readonly recvmsg: Call;
  readonly accept4: Call;
  readonly statx: Call;
  readonly recv: Call;
  readonly socketpair: Call;
  errno(): number;
  address(value: Uint8Array): bigint;
}

function load(): LibC {
  const koffi = createRequire(import.meta.url)('koffi') as Koffi;
  const library = koffi.load(null);
  return {
    prctl: library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)'),
    setrlimit: library.func('int setrlimit(int, void *)'),
    getsockopt: library.func('int getsockopt(int, int, int, void *, void *)'),
    syscall: library.func('long syscall(long, long, long)'),
    // Its third argument, what the receiver is told of the sender, is always null here.
    pidfdSendSignal: library.func('long syscall(long, long, long, long, long)'),
    waitpid: library.func('int waitpid(int, void *, int)'),
    fcntl: library.func('int fcntl(int, int, int)'),
    epollCreate: library.func('int epoll_create1(int)'),
    epollControl: library.func('int epoll_ctl(int, int, int, void *)'),
    epollWait: library.func('int epoll_wait(int, void *, int, int)'),
    poll: library.func('int poll(void *, unsigned long, int)'),
    close: library.func('int close(int)'),
    flock: library.func('int flock(int, int)'),
    setsockopt: library.func('int setsockopt(int, int, int, void *, unsigned int)'),
    recvmsg: library.func('long recvmsg(int, void *, int)'),
    statx: library.func('int statx(int, const char *, int, unsigned int, void *)'),
    // Its two pointers are always null here.
    accept4: library.func('int accept4(int, unsigned long, unsigned long, int)'),
    recv: library.func('long recv(int, void *, unsigned long, int)'),
    socketpair: library.func('int socketpair(int, int, int, void *)'),
    errno: () => koffi.errno(),
    address: (value) => koffi.address(value),
  };
}

let loaded: LibC | undefined;

function libc(): LibC {
  loaded ??= load();
  return loaded;
}

const ERRNO_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

/** The name of the last error, e.g. `EAGAIN`. */
function errnoName(): string {
  const errno = libc().errno();
  return ERRNO_NAMES.get(errno) ?? `errno ${errno}`;
}

function check(call: string, result: number): number {
  if (result >= 0) return result;
  throw new ProcessError('ERR_PROCESS_SYSTEM_CALL', `${call} failed: ${errnoName()}`);
}

/** Makes the process undumpable: its memory, environment and executable link are closed to its own user. */
export function makeUndumpable(): void {
  check('prctl(PR_SET_DUMPABLE)', libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

/** True when the process may be dumped or traced by its own user. */
export function isDumpable(): boolean {
  return check('prctl(PR_GET_DUMPABLE)', libc().prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)) !== 0;
}

/** Sets the core file limit, soft and hard, to 0. */
export function forbidCoreFiles(): void {
  check('setrlimit(RLIMIT_CORE)', libc().setrlimit(RLIMIT_CORE, new Uint8Array(16)));
}

// Used again for each call: all of them are synchronous.
const MAX_WORDS = 3;
const optionWords = new Int32Array(MAX_WORDS);
const optionBytes = Buffer.from(optionWords.buffer);
const optionLength = new Uint32Array(1);
const optionLengthBytes = Buffer.from(optionLength.buffer);

/** The 32-bit words, at most three, of a SOL_SOCKET option; undefined when the kernel does not know it. */
export function socketOption(fd: number, option: number, words: 1 | 2 | 3): readonly number[] | undefined {
  optionWords.fill(-1);
  optionLength[0] = words * Int32Array.BYTES_PER_ELEMENT;
  const result = libc().getsockopt(fd, SOL_SOCKET, option, optionBytes, optionLengthBytes);
  const isWhole = result === 0 && optionLength[0] === words * Int32Array.BYTES_PER_ELEMENT;
  return isWhole ? Array.from(optionWords.subarray(0, words)) : undefined;
}

/** Sets a SOL_SOCKET option to a 32-bit number. @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function setSocketOption(fd: number, option: number, value: number): void {
  const bytes = new Uint8Array(new Int32Array([value]).buffer);
  check('setsockopt', libc().setsockopt(fd, SOL_SOCKET, option, bytes, bytes.byteLength));
}

/** The next connection that waits at a listening socket; undefined when there is none, or it cannot be taken now. */
export function acceptWaiting(fd: number): number | undefined {
  const accepted = libc().accept4(fd, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return accepted < 0 ? undefined : accepted;
}

/**
 * Looks at the first bytes that wait in a socket, without taking them and without asking who wrote them.
 *
 * @returns how many were put into `data`; 0 when nothing waits, or the socket cannot be read.
 */
export function peekBytes(fd: number, data: Uint8Array): number {
  return Math.max(0, libc().recv(fd, data, data.byteLength, MSG_PEEK | MSG_DONTWAIT));
}

const PAIR = new Int32Array(2);
const PAIR_BYTES = new Uint8Array(PAIR.buffer);

/** Two Unix sockets, each the other end of the other. @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function connectedPair(): readonly [number, number] {
  const type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
  check('socketpair', libc().socketpair(AF_UNIX, type, 0, PAIR_BYTES));
  const [near = -1, far = -1] = PAIR;
  return [near, far];
}

// struct iovec and struct msghdr of 64-bit Linux. They live as long as the process: the kernel gets their addresses.
const VECTOR = new BigUint64Array(2);
const HEADER = new BigUint64Array(7);
const VECTOR_BYTES = new Uint8Array(VECTOR.buffer);
const HEADER_BYTES = new Uint8Array(HEADER.buffer);
const IOV_AT = 2;

/**
 * Looks at what waits in a socket, without taking it.
 *
 * @param control - receives the ancillary data; zeroed where there is none.
 * @returns how many bytes were put into `data`; undefined when nothing waits, 0 at the end of the stream.
 * @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL`
 */
export function peekSocket(fd: number, data: Uint8Array, control: Uint8Array): number | undefined {
  const call = libc();
  control.fill(0);
  VECTOR.set([call.address(data), BigInt(data.byteLength)]);
  HEADER.fill(0n);
  HEADER.set([call.address(VECTOR_BYTES), 1n, call.address(control), BigInt(control.byteLength)], IOV_AT);
  const count = call.recvmsg(fd, HEADER_BYTES, MSG_PEEK | MSG_DONTWAIT);
  if (count >= 0) return count;
  const name = errnoName();
  if (name === 'EAGAIN' || name === 'EWOULDBLOCK' || name === 'EINTR') return undefined;
  throw new ProcessError('ERR_PROCESS_SYSTEM_CALL', `recvmsg failed: ${name}`);
}

const AT_FDCWD = -100;
const AT_STATX_DONT_SYNC = 0x4000;
const STATX_CTIME = 0x80;
const STATX_INO = 0x100;
// struct statx, used again for each call. Its device is two 32-bit words; compared as one number.
const STATX = Buffer.alloc(256);
const STATX_INO_AT = 32;
const STATX_CTIME_AT = 96;
const STATX_DEVICE_AT = 136;

/** Which file it is, and when it was changed last. */
export interface FileVersion {
  readonly device: bigint;
  readonly inode: bigint;
  /** ctime, nanoseconds since 1970. */
  readonly changedAtNs: bigint;
}

/**
 * What the kernel knows of the file at a path by itself. The file system is not asked: one whose server is away would
 * keep this thread until it comes back.
 *
 * @returns undefined when the path is closed to us.
 * @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` when there is no such file.
 */
export function knownFileVersion(path: string): FileVersion | undefined {
  const failed = libc().statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_INO | STATX_CTIME, STATX);
  if (failed < 0 && errnoName() === 'EACCES') return undefined;
  check('statx', failed);
  const seconds = STATX.readBigInt64LE(STATX_CTIME_AT);
  return {
    device: STATX.readBigUInt64LE(STATX_DEVICE_AT),
    inode: STATX.readBigUInt64LE(STATX_INO_AT),
    changedAtNs: seconds * 1_000_000_000n + BigInt(STATX.readUInt32LE(STATX_CTIME_AT + 8)),
  };
}

/** A file descriptor that stands for the process. @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function openPidFd(pid: number): number {
  return check('pidfd_open', libc().syscall(SYS_PIDFD_OPEN, pid, 0));
}

// struct pollfd { int fd; short events, revents; }, used again for each call as well.
const POLLED = new Int32Array(2);
const POLLED_BYTES = new Uint8Array(POLLED.buffer);

/** True when the descriptor is readable now; a pidfd is when its process has ended. */
export function isReadable(fd: number): boolean {
  POLLED[0] = fd;
  POLLED[1] = POLLIN;
  let ready = libc().poll(POLLED_BYTES, 1, 0);
  // A signal may come in between.
  while (ready < 0 && errnoName() === 'EINTR') ready = libc().poll(POLLED_BYTES, 1, 0);
  return check('poll', ready) > 0;
}

export function closeFd(fd: number): void {
  libc().close(fd);
}

/** Takes an exclusive lock on an open file. @returns false when another process has it. */
export function tryLockFile(fd: number): boolean {
  const call = libc();
  if (call.flock(fd, LOCK_EX | LOCK_NB) === 0) return true;
  const name = errnoName();
  if (name === 'EAGAIN' || name === 'EWOULDBLOCK') return false;
  throw new ProcessError('ERR_PROCESS_SYSTEM_CALL', `flock failed: ${name}`);
}

/** From now on processes whose parent ends become children of this process, if they are below it. */
export function adoptOrphans(): void {
  check('prctl(PR_SET_CHILD_SUBREAPER)', libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
}

/** Lets go of a child that has ended. @returns false when it has not, or is no child. */
export function reapChild(pid: number): boolean {
  return libc().waitpid(pid, new Uint8Array(4), WNOHANG) === pid;
}

/** Sends a signal to the very process that a pidfd stands for. @returns false when it has ended, or may not be signalled. */
export function sendSignal(pidfd: number, signal: number): boolean {
  return libc().pidfdSendSignal(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0) === 0;
}

// struct epoll_event { uint32_t events; uint64_t data; }, packed on x86-64 and aligned elsewhere; data holds the descriptor.
const EVENT_DATA_AT = process.arch === 'x64' ? 4 : 8;
const EVENT_BYTES = EVENT_DATA_AT + 8;
const EVENTS_AT_ONCE = 64;
const EVENT = Buffer.alloc(EVENT_BYTES);
const EVENTS = Buffer.alloc(EVENT_BYTES * EVENTS_AT_ONCE);

/** A descriptor that is readable when one of those added to it is. @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function openEpoll(): number {
  return check('epoll_create1', libc().epollCreate(EPOLL_CLOEXEC));
}

/** A second descriptor for the same. @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function duplicateFd(fd: number): number {
  return check('fcntl(F_DUPFD_CLOEXEC)', libc().fcntl(fd, F_DUPFD_CLOEXEC, 0));
}

/** @throws {ProcessError} `ERR_PROCESS_SYSTEM_CALL` */
export function addToEpoll(epoll: number, fd: number): void {
  EVENT.fill(0);
  EVENT.writeUInt32LE(POLLIN, 0);
  EVENT.writeInt32LE(fd, EVENT_DATA_AT);
  check('epoll_ctl', libc().epollControl(epoll, EPOLL_CTL_ADD, fd, EVENT));
}

/** Nothing happens when it was not added. */
export function removeFromEpoll(epoll: number, fd: number): void {
  libc().epollControl(epoll, EPOLL_CTL_DEL, fd, EVENT);
}

/** Those of the added descriptors, at most 64 of them, that are readable now. */
export function readableOf(epoll: number): readonly number[] {
  const count = libc().epollWait(epoll, EVENTS, EVENTS_AT_ONCE, 0);
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    EVENTS.readInt32LE(i * EVENT_BYTES + EVENT_DATA_AT),
  );
}
