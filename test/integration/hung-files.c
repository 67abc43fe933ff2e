/*
 * A file system with one program in it, /program, which stops telling anything about that program's file when it gets
 * SIGUSR1: to whoever asks it looks like a network file system whose server has gone.
 *
 *     hung-files MOUNT_POINT PROGRAM_TO_SHOW
 *
 * Speaks the kernel's FUSE protocol itself. Prints a line when it is mounted.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ROOT = 1, PROGRAM = 2, BUFFER = 1 << 20 };

static volatile sig_atomic_t hung;
static int device, shown;
static off_t size;

static void hang(int signal_number) {
  (void)signal_number;
  hung = 1;
}

static void answer(uint64_t unique, int error, const void *body, size_t length) {
  struct fuse_out_header head = {.len = sizeof head + length, .error = -error, .unique = unique};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)body, length}};
  if (writev(device, parts, length ? 2 : 1) < 0 && errno != ENOENT) exit(1);
}

static struct fuse_attr attributes_of(uint64_t node) {
  if (node == ROOT) return (struct fuse_attr){.ino = ROOT, .mode = S_IFDIR | 0755, .nlink = 2};
  return (struct fuse_attr){.ino = PROGRAM, .mode = S_IFREG | 0755, .nlink = 1, .size = size, .ctime = 1};
}

static void initialize(uint64_t unique) {
  struct fuse_init_out out = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 128 << 10};
  answer(unique, 0, &out, sizeof out);
}

static void look_up(uint64_t unique, const char *name) {
  if (strcmp(name, "program") != 0) {
    answer(unique, ENOENT, NULL, 0);
    return;
  }
  struct fuse_entry_out out = {.nodeid = PROGRAM, .entry_valid = 3600, .attr = attributes_of(PROGRAM)};
  answer(unique, 0, &out, sizeof out);
}

static void read_program(uint64_t unique, const struct fuse_read_in *in) {
  static char bytes[BUFFER];
  ssize_t count = pread(shown, bytes, in->size < BUFFER ? in->size : BUFFER, in->offset);
  answer(unique, count < 0 ? errno : 0, bytes, count < 0 ? 0 : count);
}

static void serve(const struct fuse_in_header *head, const void *body) {
  struct fuse_attr_out attr = {.attr = attributes_of(head->nodeid)};
  struct fuse_open_out open = {0};
  switch (head->opcode) {
    case FUSE_INIT: initialize(head->unique); break;
    case FUSE_LOOKUP: look_up(head->unique, body); break;
    case FUSE_GETATTR:
      if (!hung || head->nodeid == ROOT) answer(head->unique, 0, &attr, sizeof attr);
      break;
    case FUSE_OPEN:
    case FUSE_OPENDIR: answer(head->unique, 0, &open, sizeof open); break;
    case FUSE_READ: read_program(head->unique, body); break;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT: break;
    case FUSE_RELEASE:
    case FUSE_RELEASEDIR:
    case FUSE_FLUSH: answer(head->unique, 0, NULL, 0); break;
    default: answer(head->unique, ENOSYS, NULL, 0);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  static char buffer[BUFFER + 4096];
  char options[128];
  struct stat stats;
  shown = open(argv[2], O_RDONLY);
  device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (shown < 0 || device < 0 || fstat(shown, &stats) != 0) return 1;
  size = stats.st_size;
  signal(SIGUSR1, hang);
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", device);
  if (mount("hung-files", argv[1], "fuse", 0, options) != 0) {
    perror("mount");
    return 1;
  }
  puts("mounted");
  fflush(stdout);
  for (;;) {
    ssize_t length = read(device, buffer, sizeof buffer);
    if (length < 0 && (errno == EINTR || errno == ENOENT || errno == EAGAIN)) continue;
    if (length < (ssize_t)sizeof(struct fuse_in_header)) return 0;
    serve((struct fuse_in_header *)buffer, buffer + sizeof(struct fuse_in_header));
  }
}
