// Lists a folder, changes it, rewinds the same stream and lists it again: what a listing from the start has to show.
//   rewind FOLDER
// FOLDER is empty at first. One line for each listing: its names, sorted, "." and ".." left out.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(DIR *folder) {
  static char *names[16];
  int count = 0;
  for (struct dirent *entry; count < 16 && (entry = readdir(folder)) != NULL;) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
      names[count++] = strdup(entry->d_name);
    }
  }
  qsort(names, count, sizeof *names, compare);
  printf("%d:", count);
  for (int i = 0; i < count; i++) {
    printf(" %s", names[i]);
    free(names[i]);
  }
  puts("");
}

int main(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1]) != 0) {
    fprintf(stderr, "usage: rewind FOLDER\n");
    return 2;
  }
  DIR *folder = opendir(".");
  if (folder == NULL) {
    perror("opendir");
    return 1;
  }
  list(folder);
  const char *made[] = {"a", "b", "c"};
  for (int i = 0; i < 3; i++) {
    close(open(made[i], O_CREAT | O_WRONLY, 0666));
    rewinddir(folder);
    list(folder);
  }
  for (int i = 0; i < 3; i++) {
    unlink(made[i]);
    rewinddir(folder);
    list(folder);
  }
  closedir(folder);
  return 0;
}
