// A WASI command for benchmarks: much of one kind of call, and nothing else. The first argument says which.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PIECE 4096

static char piece[PIECE];

static int failed(const char *what) {
  dprintf(STDERR_FILENO, "%s: %s\n", what, strerror(errno));
  return 1;
}

static int put_pieces(long count) {
  for (int i = 0; i < PIECE; i++) piece[i] = (char)('a' + i % 26);
  while (count-- > 0)
    if (write(STDOUT_FILENO, piece, PIECE) != PIECE) return failed("write");
  return 0;
}

// The sum of one byte in 64: the compiler cannot leave out the reading, and the adding takes little of the time.
static int sum_file(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) return failed(path);
  uint64_t sum = 0;
  ssize_t count;
  while ((count = read(file, piece, PIECE)) > 0)
    for (ssize_t i = 0; i < count; i += 64) sum += (unsigned char)piece[i];
  if (count < 0) return failed(path);
  close(file);
  dprintf(STDOUT_FILENO, "%llu\n", (unsigned long long)sum);
  return 0;
}

static int list_folder(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return failed(path);
  long entries = 0, characters = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    entries++;
    characters += (long)strlen(entry->d_name);
  }
  closedir(folder);
  dprintf(STDOUT_FILENO, "%ld %ld\n", entries, characters);
  return 0;
}

static int ask_clock(long count) {
  struct timespec first, last;
  clock_gettime(CLOCK_MONOTONIC, &first);
  last = first;
  for (; count > 0; count--) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now)) return failed("clock_gettime");
    if (now.tv_sec < last.tv_sec || (now.tv_sec == last.tv_sec && now.tv_nsec < last.tv_nsec)) {
      dprintf(STDERR_FILENO, "the clock went back\n");
      return 1;
    }
    last = now;
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && !strcmp(argv[1], "put")) return put_pieces(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "sum")) return sum_file(argv[2]);
  if (argc == 3 && !strcmp(argv[1], "list")) return list_folder(argv[2]);
  if (argc == 3 && !strcmp(argv[1], "clock")) return ask_clock(atol(argv[2]));
  dprintf(STDERR_FILENO, "usage: io put PIECES | sum PATH | list PATH | clock TIMES\n");
  return 2;
}
