package dev.airlock.wasi.files;

import java.util.List;

/**
 * The operations of a guest on paths, through any WASI version. The escape suite uses only this, so it can test each of
 * them.
 */
public interface FolderGuest extends AutoCloseable {
    /** Thrown if an operation is refused. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(String why) {
            super(why);
        }

        public Refused(String why, Exception cause) {
            super(why, cause);
        }
    }

    /** The attributes of a file, without opening it. */
    record Seen(FileType type, long inode, long size) {}

    /** How a file is opened. */
    record Way(boolean read, boolean write, boolean create, boolean exclusive, boolean truncate) {
        public static final Way READ = new Way(true, false, false, false, false);
        public static final Way WRITE = new Way(false, true, false, false, false);
        public static final Way READ_WRITE = new Way(true, true, false, false, false);
        public static final Way CREATE = new Way(false, true, true, false, false);
        public static final Way CREATE_NEW = new Way(false, true, true, true, false);
        public static final Way TRUNCATE = new Way(false, true, false, false, true);
        public static final Way CREATE_WITHOUT_RIGHTS = new Way(false, false, true, false, false);
        public static final Way TRUNCATE_WITHOUT_RIGHTS = new Way(false, false, false, false, true);
    }

    /**
     * Opens a file, writes {@code text} at its start if it is opened for writing, and reads all if it is opened for
     * reading.
     */
    String use(String path, boolean follow, Way way, String text) throws Refused;

    /** Opens a directory and lists it. */
    List<String> list(String path, boolean follow) throws Refused;

    /** Opens a directory, and returns a guest whose paths start there. */
    FolderGuest enter(String path) throws Refused;

    Seen stat(String path, boolean follow) throws Refused;

    /** Sets both times to a date long ago. */
    void setTimes(String path, boolean follow) throws Refused;

    void createDirectory(String path) throws Refused;

    void removeDirectory(String path) throws Refused;

    void unlink(String path) throws Refused;

    void rename(String from, String to) throws Refused;

    void symlink(String target, String path) throws Refused;

    void link(String from, boolean follow, String to) throws Refused;

    String readLink(String path) throws Refused;

    @Override
    void close();
}
