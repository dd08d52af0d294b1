package dev.airlock.wasi.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names for what this process has open: Linux offers each descriptor as {@code /proc/self/fd/N}. A path that begins so
 * starts at the open directory itself, wherever that is by now, so it does for Java's functions that take a path what the
 * kernel's {@code *at} functions do.
 *
 * <p>Java does not tell the number. It is found by the file's identity; so it may be the number of somebody else's
 * descriptor for the same directory, which would be as good, but for its being closed any time. Guests' directories are
 * only closed in a {@linkplain NamespaceLock turn}, and never in somebody's turn alone.
 */
final class OwnDescriptors {
    private static final Path FOLDER = Path.of("/proc/self/fd");
    private static final Path DETAILS = Path.of("/proc/self/fdinfo");
    private static final boolean HERE = System.getProperty("os.name", "").equals("Linux")
            && Files.isDirectory(FOLDER)
            && Files.isDirectory(DETAILS);

    /** Descriptors are numbered from the lowest that is free, so the next one looked for is near the last one found. */
    private static volatile int recent = 8;

    private static final int NEAR = 6;

    private OwnDescriptors() {}

    static boolean serve(FileSystem fileSystem) {
        return HERE && fileSystem == FileSystems.getDefault();
    }

    /** A path of the open directory with this key, or null. */
    static @Nullable Path ofDirectory(Object key) throws IOException {
        return find(path -> key.equals(keyOf(path)));
    }

    /** A path of this very channel, or null. Moves its position, which nobody uses. */
    static @Nullable Path ofChannel(FileChannel channel, Object key) throws IOException {
        // Nobody else's descriptor of the same file stands there.
        int mark = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        channel.position(mark);
        return find(path -> key.equals(keyOf(path)) && standsAt(path, mark));
    }

    static boolean isOf(Path path, Object key) {
        return key.equals(keyOf(path));
    }

    private static @Nullable Path find(Predicate<Path> wanted) throws IOException {
        int last = recent;
        for (int i = 0; i <= 2 * NEAR; i++) {
            // One after, one before, two after, and so on.
            int number = last + ((i & 1) == 1 ? (i + 1) / 2 : -i / 2);
            Path path = FOLDER.resolve(Integer.toString(number));
            if (number >= 0 && wanted.test(path)) {
                recent = number;
                return path;
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(FOLDER)) {
            for (Path path : all) {
                if (wanted.test(path)) {
                    recent = Integer.parseInt(path.getFileName().toString());
                    return path;
                }
            }
        }
        return null;
    }

    private static @Nullable Object keyOf(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            // Closed meanwhile, or a pipe's or a socket's: not the one.
            return null;
        }
    }

    private static boolean standsAt(Path path, int mark) {
        try {
            String details = Files.readString(DETAILS.resolve(path.getFileName()));
            return details.startsWith("pos:\t" + mark + "\n");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }
}
