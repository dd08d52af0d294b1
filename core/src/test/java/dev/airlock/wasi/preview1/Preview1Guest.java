package dev.airlock.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.files.FileType;
import dev.airlock.wasi.files.FolderGuest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls the functions of preview 1, with their arguments in its own memory. */
final class Preview1Guest implements FolderGuest {
    private static final int FOLDER = 3;
    private static final int ANSWER = 64;
    private static final int IOVEC = 256;
    private static final int BUFFER = 1024;
    private static final int ROOM = 8_192;
    private static final int PATHS = 16_384;
    private static final int PAGE = 65_536;
    private static final int DIRENT = 24;

    /** These error numbers mean that this class calls wrongly, so that its attempts would prove nothing. */
    private static final Set<Errno> OWN_MISTAKES = Set.of(Errno.EFAULT, Errno.EBADF, Errno.ENOTCAPABLE, Errno.ENOSYS);

    private final Door door;
    private final int fd;

    private Preview1Guest(Door door, int fd) {
        this.door = door;
        this.fd = fd;
    }

    static Preview1Guest of(Path folder, boolean readOnly) {
        FolderRules rules = readOnly ? FolderRules.forReading() : FolderRules.forWriting();
        return new Preview1Guest(Door.of(WasiCtx.builder().preopenedDir(folder, "/data", rules)), FOLDER);
    }

    private void ask(String function, long... args) throws Refused {
        Errno errno = door.call(function, args);
        if (errno != Errno.ESUCCESS) {
            assertThat(errno).as(function).isNotIn(OWN_MISTAKES);
            throw new Refused(function + ": " + errno);
        }
    }

    /** The place of a text in the guest's memory. */
    private record Text(int at, int length) {
        int end() {
            return at + length;
        }
    }

    private Text path(String path) {
        return text(PATHS, path);
    }

    private Text text(int at, String text) {
        byte[] bytes = encoded(text);
        int missing = at + bytes.length - door.memory().size();
        if (missing > 0) {
            assertThat(door.memory().grow((missing + PAGE - 1) / PAGE)).isPositive();
        }
        door.memory().write(at, bytes);
        return new Text(at, bytes.length);
    }

    /**
     * Encodes text as UTF-8, and a lone surrogate as the three bytes that it would have: a guest may write any bytes.
     */
    private static byte[] encoded(String text) {
        var bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                bytes.writeBytes(
                        new byte[] {(byte) (0xe0 | c >>> 12), (byte) (0x80 | c >>> 6 & 0x3f), (byte) (0x80 | c & 0x3f)
                        });
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    private static int lookup(boolean follow) {
        return follow ? Flags.SYMLINK_FOLLOW : 0;
    }

    private int open(String path, boolean follow, int how, long rights) throws Refused {
        Text name = path(path);
        ask("path_open", fd, lookup(follow), name.at(), name.length(), how, rights, 0, 0, ANSWER);
        return door.memory().readInt(ANSWER);
    }

    private Preview1Guest openDirectory(String path, boolean follow) throws Refused {
        int opened = open(path, follow, Flags.DIRECTORY, Rights.FD_READ);
        return new Preview1Guest(door, opened);
    }

    private Seen answeredStat() {
        int type = door.memory().readUnsignedByte(ANSWER + 16);
        return new Seen(
                switch (type) {
                    case Flags.OF_DIRECTORY -> FileType.DIRECTORY;
                    case Flags.REGULAR_FILE -> FileType.REGULAR_FILE;
                    case Flags.SYMBOLIC_LINK -> FileType.SYMBOLIC_LINK;
                    default -> FileType.OTHER;
                },
                door.memory().readLong(ANSWER + 8),
                door.memory().readLong(ANSWER + 32));
    }

    private Seen statOf(int opened) throws Refused {
        ask("fd_filestat_get", opened, ANSWER);
        return answeredStat();
    }

    @Override
    public String use(String path, boolean follow, Way way, String text) throws Refused {
        int how = (way.create() ? Flags.CREAT : 0)
                | (way.exclusive() ? Flags.EXCL : 0)
                | (way.truncate() ? Flags.TRUNC : 0);
        long rights = (way.read() ? Rights.FD_READ : 0) | (way.write() ? Rights.FD_WRITE : 0);
        int opened = open(path, follow, how, rights);
        try {
            if (statOf(opened).type() != FileType.REGULAR_FILE) {
                return "";
            }
            if (way.write()) {
                Text written = text(BUFFER, text);
                door.iovecs(IOVEC, written.at(), written.length());
                ask("fd_pwrite", opened, IOVEC, 1, 0, ANSWER);
            }
            return way.read() ? content(opened) : "";
        } finally {
            ask("fd_close", opened);
        }
    }

    private String content(int opened) throws Refused {
        door.iovecs(IOVEC, BUFFER, ROOM);
        var content = new ByteArrayOutputStream();
        int count;
        do {
            ask("fd_read", opened, IOVEC, 1, ANSWER);
            count = door.memory().readInt(ANSWER);
            content.writeBytes(door.memory().read(BUFFER, count));
        } while (count > 0);
        return content.toString(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> list(String path, boolean follow) throws Refused {
        try (Preview1Guest directory = openDirectory(path, follow)) {
            return directory.names();
        }
    }

    private List<String> names() throws Refused {
        long inode = statOf(fd).inode();
        var names = new ArrayList<String>();
        long cookie = 0;
        int used;
        do {
            ask("fd_readdir", fd, BUFFER, ROOM, cookie, ANSWER);
            used = door.memory().readInt(ANSWER);
            int at = BUFFER;
            while (at + DIRENT <= BUFFER + used) {
                int length = door.memory().readInt(at + 16);
                if (at + DIRENT + length > BUFFER + used) {
                    break;
                }
                cookie = door.memory().readLong(at);
                String name = door.memory().readString(at + DIRENT, length);
                if (name.equals(".") || name.equals("..")) {
                    assertThat(door.memory().readLong(at + 8))
                            .as("the inode of " + name + ", which may tell nothing of what is above")
                            .isEqualTo(inode);
                } else {
                    names.add(name);
                }
                at += DIRENT + length;
            }
        } while (used == ROOM);
        return names;
    }

    @Override
    public FolderGuest enter(String path) throws Refused {
        return openDirectory(path, true);
    }

    @Override
    public Seen stat(String path, boolean follow) throws Refused {
        Text name = path(path);
        ask("path_filestat_get", fd, lookup(follow), name.at(), name.length(), ANSWER);
        return answeredStat();
    }

    @Override
    public void setTimes(String path, boolean follow) throws Refused {
        Text name = path(path);
        long then = 1_000_000_000_000L;
        ask(
                "path_filestat_set_times",
                fd,
                lookup(follow),
                name.at(),
                name.length(),
                then,
                then,
                Flags.ATIM | Flags.MTIM);
    }

    @Override
    public void createDirectory(String path) throws Refused {
        Text name = path(path);
        ask("path_create_directory", fd, name.at(), name.length());
    }

    @Override
    public void removeDirectory(String path) throws Refused {
        Text name = path(path);
        ask("path_remove_directory", fd, name.at(), name.length());
    }

    @Override
    public void unlink(String path) throws Refused {
        Text name = path(path);
        ask("path_unlink_file", fd, name.at(), name.length());
    }

    @Override
    public void rename(String from, String to) throws Refused {
        Text old = path(from);
        Text name = text(old.end(), to);
        ask("path_rename", fd, old.at(), old.length(), fd, name.at(), name.length());
    }

    @Override
    public void symlink(String target, String path) throws Refused {
        Text content = path(target);
        Text name = text(content.end(), path);
        ask("path_symlink", content.at(), content.length(), fd, name.at(), name.length());
    }

    @Override
    public void link(String from, boolean follow, String to) throws Refused {
        Text old = path(from);
        Text name = text(old.end(), to);
        ask("path_link", fd, lookup(follow), old.at(), old.length(), fd, name.at(), name.length());
    }

    @Override
    public String readLink(String path) throws Refused {
        Text name = path(path);
        ask("path_readlink", fd, name.at(), name.length(), BUFFER, ROOM, ANSWER);
        return door.memory().readString(BUFFER, door.memory().readInt(ANSWER));
    }

    @Override
    public void close() {
        if (fd == FOLDER) {
            door.close();
        } else {
            door.run("fd_close", fd);
        }
    }
}
