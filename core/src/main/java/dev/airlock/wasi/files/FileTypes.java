package dev.airlock.wasi.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts the host's attributes to those that a guest sees. */
final class FileTypes {
    /** The text of a file's key in the JDK on Unix. It is used only for numbers that tell files apart. */
    private static final Pattern UNIX_KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=(-?[0-9]+)\\)");

    private static final long NANOS = 1_000_000_000;

    private FileTypes() {}

    static FileType of(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return FileType.SYMBOLIC_LINK;
        }
        // Checked first: on Windows, a junction is both a directory and something else.
        if (attributes.isOther()) {
            return FileType.OTHER;
        }
        return attributes.isDirectory() ? FileType.DIRECTORY : FileType.REGULAR_FILE;
    }

    static FileStat stat(BasicFileAttributes attributes, HostDirectory.@Nullable Extras extras, String place) {
        Ids ids = Ids.of(attributes, place);
        long modified = nanos(attributes.lastModifiedTime());
        return new FileStat(
                of(attributes),
                ids.device,
                ids.inode,
                extras == null ? 1 : extras.links(),
                attributes.size(),
                nanos(attributes.lastAccessTime()),
                modified,
                extras == null ? modified : nanos(extras.changed()));
    }

    record Ids(long device, long inode) {
        /**
         * Returns the numbers of a file.
         *
         * @param place the host's path, from which a number is made if the host has no key
         */
        static Ids of(BasicFileAttributes attributes, String place) {
            Object key = attributes.fileKey();
            if (key == null) {
                return new Ids(0, mixed(place));
            }
            String shown = key.toString();
            Matcher unix = UNIX_KEY.matcher(shown);
            return unix.matches()
                    ? new Ids(Long.parseUnsignedLong(unix.group(1), 16), Long.parseLong(unix.group(2)))
                    : new Ids(0, mixed(shown));
        }

        private static long mixed(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            return hash;
        }
    }

    /** Returns the nearest number that a long can hold. */
    static long nanos(FileTime time) {
        Instant instant = time.toInstant();
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
