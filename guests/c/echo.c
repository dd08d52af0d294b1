// A WASI command that does one thing per run: the first argument says which.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PIECE 4096

extern char **environ;

static int failed(const char *what);

// Descriptors, not stdio: nothing is held back, so a host sees each piece as soon as it is written.
static int put(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written < 0) return failed("write");
    bytes += written;
    count -= written;
  }
  return 0;
}

static int put_text(int fd, const char *text) { return put(fd, text, strlen(text)); }

static int put_line(const char *text) { return put_text(STDOUT_FILENO, text) || put(STDOUT_FILENO, "\n", 1); }

static int failed(const char *what) {
  const char *why = strerror(errno);
  // Its own writes: going through put() would never end when stderr is what fails.
  write(STDERR_FILENO, what, strlen(what));
  write(STDERR_FILENO, ": ", 2);
  write(STDERR_FILENO, why, strlen(why));
  write(STDERR_FILENO, "\n", 1);
  return 1;
}

static int usage(void) {
  put_text(STDERR_FILENO,
           "usage: echo cat | args | env | exit N | stderr | flood N | read PATH | write PATH TEXT | ls PATH | trap | "
           "time\n");
  return 2;
}

static int by_text(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

static size_t name_length(const char *variable) { return strcspn(variable, "="); }

// By name alone: in whole lines "A1=x" would come before "A=x".
static int by_name(const void *left, const void *right) {
  const char *a = *(char *const *)left, *b = *(char *const *)right;
  size_t m = name_length(a), n = name_length(b);
  int order = memcmp(a, b, m < n ? m : n);
  return order ? order : (m > n) - (m < n);
}

static int copy(int from, int to) {
  char piece[PIECE];
  for (;;) {
    ssize_t count = read(from, piece, sizeof piece);
    if (count < 0) return failed("read");
    if (count == 0) return 0;
    if (put(to, piece, count)) return 1;
  }
}

static int print_args(int argc, char **argv) {
  for (int i = 0; i < argc; i++) {
    if (put_line(argv[i])) return 1;
  }
  return 0;
}

static int print_env(void) {
  size_t count = 0;
  while (environ && environ[count]) count++;
  qsort(environ, count, sizeof *environ, by_name);
  for (size_t i = 0; i < count; i++) {
    if (put_line(environ[i])) return 1;
  }
  return 0;
}

static int flood(long long count) {
  char piece[PIECE];
  memset(piece, 'x', sizeof piece);
  for (; count > 0; count -= PIECE) {
    if (put(STDOUT_FILENO, piece, count < PIECE ? count : PIECE)) return 1;
  }
  return 0;
}

static int print_file(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) return failed(path);
  int result = copy(fd, STDOUT_FILENO);
  close(fd);
  return result;
}

static int write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (fd < 0) return failed(path);
  int result = put_text(fd, text);
  // Some errors only come to light when the file is closed.
  if (close(fd) < 0) return failed(path);
  return result;
}

static int list_folder(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return failed(path);

  char **names = NULL;
  size_t count = 0;
  errno = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    // Hosts differ on these two, so neither is ever shown.
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char *name = strdup(entry->d_name);
    names = realloc(names, (count + 1) * sizeof *names);
    // Address 0 is memory like any other here: a null pointer would be written through unseen.
    if (!name || !names) return failed("ls");
    names[count++] = name;
    errno = 0;
  }
  if (errno) return failed(path);

  qsort(names, count, sizeof *names, by_text);
  for (size_t i = 0; i < count; i++) {
    if (put_line(names[i])) return 1;
  }
  return 0;
}

static int check_time(void) {
  const time_t end_of_2020 = 1609459200;
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) < 0) return failed("clock_gettime");
  return now.tv_sec < end_of_2020;
}

static int number(const char *text, long long *value) {
  char *end;
  errno = 0;
  *value = strtoll(text, &end, 10);
  return *text && !*end && !errno;
}

int main(int argc, char **argv) {
  const char *command = argc > 1 ? argv[1] : "";
  long long n;

  if (argc >= 2 && strcmp(command, "args") == 0) return print_args(argc, argv);
  if (argc == 2) {
    if (strcmp(command, "cat") == 0) return copy(STDIN_FILENO, STDOUT_FILENO);
    if (strcmp(command, "env") == 0) return print_env();
    if (strcmp(command, "stderr") == 0) return copy(STDIN_FILENO, STDERR_FILENO);
    if (strcmp(command, "trap") == 0) __builtin_trap();
    if (strcmp(command, "time") == 0) return check_time();
  }
  if (argc == 3) {
    // exit() and not return: a return of 0 would never reach proc_exit.
    if (strcmp(command, "exit") == 0 && number(argv[2], &n)) exit((int)n);
    if (strcmp(command, "flood") == 0 && number(argv[2], &n) && n >= 0) return flood(n);
    if (strcmp(command, "read") == 0) return print_file(argv[2]);
    if (strcmp(command, "ls") == 0) return list_folder(argv[2]);
  }
  if (argc == 4 && strcmp(command, "write") == 0) return write_file(argv[2], argv[3]);
  return usage();
}
