// A WASI command in Go: counts words, of standard input or of the files named, most frequent first. It uses what Go
// programs use: goroutines, channels, the environment, times, files and folders.
package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

func count(in io.Reader, into chan<- string) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 64<<10), 1<<20)
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		into <- strings.ToLower(scanner.Text())
	}
	return scanner.Err()
}

func files(root string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			found = append(found, path)
		}
		return err
	})
	return found, err
}

func read(roots []string, into chan<- string) error {
	defer close(into)
	if len(roots) == 0 {
		return count(os.Stdin, into)
	}
	for _, root := range roots {
		paths, err := files(root)
		if err != nil {
			return err
		}
		for _, path := range paths {
			file, err := os.Open(path)
			if err != nil {
				return err
			}
			err = count(file, into)
			file.Close()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func main() {
	// A timer and a select, so that the scheduler has to sleep: poll_oneoff.
	select {
	case <-time.After(time.Millisecond):
	}
	words := make(chan string)
	failed := make(chan error, 1)
	go func() { failed <- read(os.Args[1:], words) }()
	counts := map[string]int{}
	for word := range words {
		counts[word]++
	}
	if err := <-failed; err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	var all []string
	for word := range counts {
		all = append(all, word)
	}
	sort.Slice(all, func(i, j int) bool {
		if counts[all[i]] != counts[all[j]] {
			return counts[all[i]] > counts[all[j]]
		}
		return all[i] < all[j]
	})
	limit := len(all)
	if n, err := strconv.Atoi(os.Getenv("TOP")); err == nil && n < limit {
		limit = n
	}
	out := bufio.NewWriter(os.Stdout)
	for _, word := range all[:limit] {
		out.WriteString(strconv.Itoa(counts[word]) + " " + word + "\n")
	}
	if err := out.Flush(); err != nil {
		os.Exit(1)
	}
}
