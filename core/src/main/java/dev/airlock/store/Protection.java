package dev.airlock.store;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;

/**
 * Whether anybody but this process's user and the superuser could have written an entry. Entries are code, as a rule, and a
 * checksum does not tell who computed it.
 *
 * <p>Owners and modes are those of Unix. A file system that has no owners by number is judged by its permissions alone, and one
 * without permissions, as on Windows, is not judged.
 */
final class Protection {
    private static final int SUPERUSER = 0;
    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int MOST_LINKS = 40;

    private final int user;

    /** @param user the number of the user that this process acts as; negative if it is not known */
    Protection(int user) {
        this.user = user;
    }

    /** Somebody else could have written it; the message says who, and where. */
    static final class MissingException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /**
     * Checks a folder, those above it, and each symbolic link on the way: who can write to one of these can put another folder
     * in this one's place.
     *
     * @return the folder by a path without symbolic links, which is the path to use
     * @throws MissingException if somebody else can
     * @throws IOException if it cannot be looked at
     */
    Path folder(Path given) throws IOException {
        Path absolute = given.toAbsolutePath();
        if (!has(given, "unix") && !has(given, "posix")) {
            return absolute;
        }
        Deque<Path> names = new ArrayDeque<>();
        absolute.forEach(names::addLast);
        Path at = Objects.requireNonNull(absolute.getRoot());
        check(at, !names.isEmpty());
        int links = 0;
        while (!names.isEmpty()) {
            String name = names.removeFirst().toString();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = Objects.requireNonNullElse(at.getParent(), at);
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                check(at, !names.isEmpty());
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new FileSystemLoopException(given.toString());
            }
            checkOwner(next);
            Path target = Files.readSymbolicLink(next);
            if (target.isAbsolute()) {
                at = Objects.requireNonNull(target.getRoot());
            }
            Deque<Path> more = new ArrayDeque<>();
            target.forEach(more::addFirst);
            more.forEach(names::addFirst);
        }
        // Once more, since the last name may have been "..".
        check(at, false);
        return at;
    }

    /**
     * Checks a file in a folder that was checked.
     *
     * @throws MissingException if somebody else can write to it, or owns it
     */
    void file(Path file) throws IOException {
        check(file, false);
    }

    private void check(Path path, boolean above) throws IOException {
        checkOwner(path);
        int mode = mode(path);
        // In a sticky folder, such as /tmp, only the owner of a file can rename or delete it.
        if (above && (mode & STICKY) != 0) {
            return;
        }
        if ((mode & OTHERS_WRITE) != 0) {
            throw new MissingException("everybody can write to " + path + ": chmod o-w");
        }
        if ((mode & GROUP_WRITE) != 0) {
            throw new MissingException("its group can write to " + path + ": chmod g-w");
        }
    }

    private void checkOwner(Path path) throws IOException {
        if (has(path, "unix")) {
            int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (owner != user && owner != SUPERUSER) {
                throw new MissingException("user " + owner + " owns " + path + ", and this process is user " + user);
            }
        }
    }

    private static int mode(Path path) throws IOException {
        if (has(path, "unix")) {
            return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } else if (has(path, "posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            return (permissions.contains(PosixFilePermission.GROUP_WRITE) ? GROUP_WRITE : 0)
                    | (permissions.contains(PosixFilePermission.OTHERS_WRITE) ? OTHERS_WRITE : 0);
        }
        return 0;
    }

    private static boolean has(Path path, String view) {
        return path.getFileSystem().supportedFileAttributeViews().contains(view);
    }

    /** Whom this process acts as, apart since few programs keep anything. */
    static final class User {
        static final int UNKNOWN = -1;
        private static final Path STATUS = Path.of("/proc/self/status");

        static final int NUMBER = number();

        private User() {}

        private static int number() {
            try {
                return Files.exists(STATUS) ? ofStatus() : ofProbe();
            } catch (IOException | RuntimeException e) {
                ByteStore.log("the user of this process is not known: {0}", e);
                return UNKNOWN;
            }
        }

        /** Real, effective, saved, and the one by which files are made and judged. */
        private static int ofStatus() throws IOException {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("Uid:")) {
                    return Integer.parseInt(line.split("\\s+")[4]);
                }
            }
            throw new IOException("no line Uid in " + STATUS);
        }

        private static int ofProbe() throws IOException {
            Path probe = Files.createTempFile("airlock", ".probe");
            try {
                return (int) Files.getAttribute(probe, "unix:uid");
            } finally {
                Files.delete(probe);
            }
        }
    }
}
