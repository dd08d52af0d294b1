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
 * Paths of this process's own descriptors: Linux offers each as {@code /proc/self/fd/N}. Such a path starts at the open
 * directory itself, wherever that is now. So Java's functions that take a path do what the kernel's {@code *at}
 * functions do.
 *
 * <p>Java does not reveal the number of a descriptor, so it is found by the identity of the file. The number found may
 * belong to another descriptor of the same directory, which works as well, unless it gets closed meanwhile. Directories
 * of guests are closed only under the {@linkplain NamespaceLock lock}, and never while another thread holds it
 * exclusively.
 */
final class OwnDescriptors {
    private static final Path FOLDER = Path.of("/proc/self/fd");
    private static final Path DETAILS = Path.of("/proc/self/fdinfo");
    private static final boolean HERE = System.getProperty("os.name", "").equals("Linux")
            && Files.isDirectory(FOLDER)
            && Files.isDirectory(DETAILS);

    /** New descriptors get the lowest free number, so the next one to be found is near the last one. */
    private static volatile int recent = 8;

    private static final int NEAR = 6;

    private OwnDescriptors() {}

    static boolean serve(FileSystem fileSystem) {
        return HERE && fileSystem == FileSystems.getDefault();
    }

    /** Returns a path of the open directory with this key, or null. */
    static @Nullable Path ofDirectory(Object key) throws IOException {
        return find(path -> key.equals(keyOf(path)));
    }

    /** Returns a path of this channel, or null. Changes the channel's position, which is not used. */
    static @Nullable Path ofChannel(FileChannel channel, Object key) throws IOException {
        // A random position tells this descriptor from others of the same file.
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
            // One above, one below, two above, and so on.
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
            // Closed meanwhile, or a pipe or a socket: not the one.
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
