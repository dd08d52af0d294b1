package dev.airlock.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One round of cleaning: what was used the longest ago goes first, and temporary files of processes that died. Several
 * processes may clean at once: what another has deleted is as good as deleted here.
 */
final class Eviction {
    static final String ENTRY = ".entry";
    static final String TEMPORARY = ".tmp";

    /** To write an entry takes seconds at the most, on the slowest disk. */
    static final Duration STALE = Duration.ofHours(1);

    private final Path folder;
    private final long capacity;

    Eviction(Path folder, long capacity) {
        this.folder = folder;
        this.capacity = capacity;
    }

    private record Entry(Path file, long size, FileTime used) {}

    /** @param kept what was written just now: with coarse clocks it may seem no younger than the rest */
    void run(Path kept) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long total = 0;
        FileTime stale = FileTime.fromMillis(System.currentTimeMillis() - STALE.toMillis());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{" + ENTRY + "," + TEMPORARY + "}")) {
            for (Path file : files) {
                BasicFileAttributes attributes;
                try {
                    attributes = Files.readAttributes(file, BasicFileAttributes.class);
                } catch (NoSuchFileException e) {
                    continue;
                }
                if (file.toString().endsWith(ENTRY)) {
                    total += attributes.size();
                    entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
                } else if (attributes.lastModifiedTime().compareTo(stale) < 0) {
                    delete(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= capacity) {
                return;
            }
            if (!entry.file.equals(kept) && delete(entry.file)) {
                total -= entry.size;
            }
        }
    }

    private static boolean delete(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            // On some systems a file that is open cannot be deleted: the next round may.
            ByteStore.log("{0} cannot be deleted: {1}", file, e);
            return false;
        }
    }
}
