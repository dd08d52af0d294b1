package dev.airlock.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A folder of entries, one file each, for any number of threads and processes at once. There are no locks: an entry is
 * written to a file of its own and moved into its place, so that a reader sees a whole one or none, and of two that
 * write the same entry the later wins.
 *
 * <p>Nothing here throws for the folder's sake. What cannot be read, is damaged, or is not what its name says, is not found,
 * and neither is what another user could have written: see {@link Protection}. What cannot be written is not kept. The debug
 * log {@code dev.airlock.store} says why.
 *
 * <p>After each save the entries that were used the longest ago are deleted until the rest fit the capacity. Who reads one
 * meanwhile reads on, or finds nothing.
 */
public final class ByteStore {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final long capacity;
    private final Protection protection;
    private final AtomicReference<String> lastUnprotected = new AtomicReference<>("");

    /**
     * @param folder made, for its owner alone, when something is first saved
     * @param capacity how many bytes all entries may have together
     */
    public ByteStore(Path folder, long capacity) {
        this(folder, capacity, new Protection(Protection.User.NUMBER));
    }

    ByteStore(Path folder, long capacity, Protection protection) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.capacity = capacity;
        this.protection = protection;
    }

    /** An entry's contents, to read from its position to its limit, or null where there is no sound one. */
    public @Nullable ByteBuffer find(EntryKey key) {
        String name = name(key);
        try {
            Path file = protection.folder(folder).resolve(name);
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!isReadable(file, attributes)) {
                return null;
            }
            protection.file(file);
            ByteBuffer contents = EntryFile.contents(Files.readAllBytes(file), key);
            markUsed(file);
            return contents;
        } catch (NoSuchFileException e) {
            return null;
        } catch (Protection.MissingException e) {
            unprotected(e);
            return null;
        } catch (IOException e) {
            log("{0} in {1} cannot be used: {2}", name, folder, e);
            return null;
        }
    }

    /** Keeps an entry, in the place of one that has the same key. */
    public void save(EntryKey key, byte[] contents) {
        String name = name(key);
        if (EntryFile.OVERHEAD + contents.length > capacity) {
            log("{0} is not kept in {1}: it alone would have more than {2} bytes", name, folder, capacity);
            return;
        }
        try {
            makeFolder();
            Path safe = protection.folder(folder);
            Path file = safe.resolve(name);
            Path temporary = Files.createTempFile(safe, "entry", Eviction.TEMPORARY);
            try {
                try (OutputStream out = Files.newOutputStream(temporary)) {
                    EntryFile.write(out, key, contents);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            new Eviction(safe, capacity).run(file);
        } catch (Protection.MissingException e) {
            unprotected(e);
        } catch (IOException | UnsupportedOperationException e) {
            // The latter is how file systems of Java's that are read-only say so.
            log("{0} cannot be written to {1}: {2}", name, folder, e);
        }
    }

    private static String name(EntryKey key) {
        return key.hex() + Eviction.ENTRY;
    }

    /** Whatever else has the name: a folder, or a file that would take all of the heap. */
    private boolean isReadable(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && attributes.size() <= capacity) {
            return true;
        }
        log("{0} cannot be used: it is no file, or has more than {1} bytes", file, capacity);
        return false;
    }

    /** Logged once, since it would be the same for each entry. */
    private void unprotected(Protection.MissingException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(lastUnprotected.getAndSet(reason))) {
            log("{0} is not used, since others could have written what is in it: {1}", folder, reason);
        }
    }

    /** The time of the last change is that of the last use: times of access are off on many machines. */
    private static void markUsed(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException | UnsupportedOperationException e) {
            log("{0} cannot be marked as used: {1}", file, e);
        }
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** The logger is looked up here and not held in a field: to find one costs a short program more than its run. */
    static void log(String format, Object... params) {
        System.getLogger("dev.airlock.store").log(Level.DEBUG, format, params);
    }
}
