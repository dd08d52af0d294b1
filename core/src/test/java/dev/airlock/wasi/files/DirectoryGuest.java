package dev.airlock.wasi.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** Calls {@link Directory} directly, without a WASI version. */
final class DirectoryGuest implements FolderGuest {
    static final OpenMode DIRECTORY = new OpenMode(true, false, false, false, false, true, false, false);

    private final Directory directory;

    DirectoryGuest(Directory directory) {
        this.directory = directory;
    }

    static DirectoryGuest of(Path folder, boolean readOnly) {
        try {
            return new DirectoryGuest(
                    Directory.preopen(folder, readOnly ? FolderBounds.READ_ONLY : FolderBounds.UNLIMITED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Directory directory() {
        return directory;
    }

    private interface Call<T> {
        T run() throws FileException;
    }

    private interface Act {
        void run() throws FileException;
    }

    private static <T> T asking(Call<T> call) throws Refused {
        try {
            return call.run();
        } catch (FileException e) {
            throw new Refused(e.kind() + ": " + e.getMessage(), e);
        }
    }

    private static void doing(Act act) throws Refused {
        asking(() -> {
            act.run();
            return true;
        });
    }

    @Override
    public String use(String path, boolean follow, Way way, String text) throws Refused {
        OpenMode mode = new OpenMode(
                way.read(), way.write(), way.create(), way.exclusive(), way.truncate(), false, false, false);
        return asking(() -> {
            try (OpenNode node = directory.open(path, follow, mode)) {
                if (!(node instanceof RegularFile file)) {
                    return "";
                }
                if (way.write()) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    file.write(0, bytes, 0, bytes.length);
                }
                byte[] bytes = new byte[(int) file.size()];
                int length = way.read() ? file.read(0, bytes, 0, bytes.length) : 0;
                return new String(bytes, 0, length, StandardCharsets.UTF_8);
            }
        });
    }

    @Override
    public List<String> list(String path, boolean follow) throws Refused {
        return asking(() -> {
            try (OpenNode node = directory.open(path, follow, DIRECTORY)) {
                return names((Directory) node);
            }
        });
    }

    static List<String> names(Directory directory) throws FileException {
        List<String> names = new ArrayList<>();
        try (Listing listing = directory.list()) {
            for (Listing.Entry entry = listing.next(); entry != null; entry = listing.next()) {
                names.add(entry.name());
            }
        }
        return names;
    }

    @Override
    public FolderGuest enter(String path) throws Refused {
        return asking(() -> new DirectoryGuest((Directory) directory.open(path, true, DIRECTORY)));
    }

    @Override
    public Seen stat(String path, boolean follow) throws Refused {
        FileStat stat = asking(() -> directory.stat(path, follow));
        return new Seen(stat.type(), stat.inode(), stat.size());
    }

    @Override
    public void setTimes(String path, boolean follow) throws Refused {
        FileTime then = FileTime.fromMillis(1_000_000);
        doing(() -> directory.setTimes(path, follow, then, then));
    }

    @Override
    public void createDirectory(String path) throws Refused {
        doing(() -> directory.createDirectory(path));
    }

    @Override
    public void removeDirectory(String path) throws Refused {
        doing(() -> directory.removeDirectory(path));
    }

    @Override
    public void unlink(String path) throws Refused {
        doing(() -> directory.unlink(path));
    }

    @Override
    public void rename(String from, String to) throws Refused {
        doing(() -> directory.rename(from, directory, to));
    }

    @Override
    public void symlink(String target, String path) throws Refused {
        doing(() -> directory.symlink(target, path));
    }

    @Override
    public void link(String from, boolean follow, String to) throws Refused {
        doing(() -> directory.link(from, follow, directory, to));
    }

    @Override
    public String readLink(String path) throws Refused {
        return asking(() -> directory.readLink(path));
    }

    @Override
    public void close() {
        directory.close();
    }
}
