// Walks a tree, as a program for any system would: prints kind, size and path of everything below a folder, sorted.
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_text(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

static int failed(const char *path) {
  fprintf(stderr, "%s: %s\n", path, strerror(errno));
  return 1;
}

static int walk(const char *path, const char *shown) {
  DIR *folder = opendir(path);
  if (!folder) return failed(path);
  char **names = NULL;
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    char **more = realloc(names, (count + 1) * sizeof *names);
    char *name = strdup(entry->d_name);
    if (!more || !name) abort();
    names = more;
    names[count++] = name;
  }
  closedir(folder);
  if (count) qsort(names, count, sizeof *names, by_text);
  int result = 0;
  for (size_t i = 0; i < count; i++) {
    char below[PATH_MAX], name[PATH_MAX], target[PATH_MAX];
    struct stat about;
    snprintf(below, sizeof below, "%s/%s", path, names[i]);
    snprintf(name, sizeof name, "%s%s%s", shown, *shown ? "/" : "", names[i]);
    if (lstat(below, &about)) return failed(below);
    if (S_ISDIR(about.st_mode)) {
      printf("d - %s\n", name);
      result |= walk(below, name);
    } else if (S_ISLNK(about.st_mode)) {
      ssize_t length = readlink(below, target, sizeof target - 1);
      if (length < 0) return failed(below);
      target[length] = 0;
      printf("l - %s -> %s\n", name, target);
    } else {
      printf("f %lld %s\n", (long long)about.st_size, name);
    }
    free(names[i]);
  }
  free(names);
  return result;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: walk FOLDER\n");
    return 2;
  }
  return walk(argv[1], "");
}
