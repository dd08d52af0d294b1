package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Opens the target of a path. */
final class Opening {
    /** How often another process may replace the file while it is being opened. */
    private static final int TRIES = 4;

    private Opening() {}

    static OpenNode open(Directory base, String path, boolean follow, OpenMode mode) throws FileException {
        String about = HostNames.shown(path);
        if (mode.create() && mode.directory()) {
            throw FileFailures.of(Kind.INVALID, about);
        }
        boolean changes = mode.create() || mode.truncate();
        if (changes || mode.write()) {
            base.folder.checkWritable(about);
        }
        NamespaceLock.Work<OpenNode> work = () -> {
            try (ResolvedPath spot = base.to(path, last(follow, mode))) {
                return open(base.folder, spot, mode);
            }
        };
        OpenNode node = changes ? NamespaceLock.alone(about, work) : NamespaceLock.looking(about, work);
        if (mode.truncate() && node instanceof RegularFile file) {
            // Outside the lock, since another user of the file may keep it busy.
            try {
                file.truncate();
            } catch (FileException e) {
                file.close();
                throw e;
            }
        }
        return node;
    }

    private static PathResolver.Last last(boolean follow, OpenMode mode) {
        if (mode.create() && mode.exclusive()) {
            return PathResolver.Last.NAMED;
        }
        return follow ? PathResolver.Last.FOLLOWED : PathResolver.Last.LOOKED_AT;
    }

    private static OpenNode open(Folder folder, ResolvedPath spot, OpenMode mode) throws IOException, FileException {
        if (spot.attributes() == null) {
            if (!mode.create()) {
                throw spot.failure(Kind.NO_ENTRY);
            }
            if (spot.slash()) {
                throw spot.failure(Kind.IS_DIRECTORY);
            }
            return create(folder, spot, mode);
        }
        if (mode.create() && mode.exclusive()) {
            throw spot.failure(Kind.EXISTS);
        }
        FileType type = FileTypes.of(spot.attributes());
        if (type == FileType.SYMBOLIC_LINK) {
            throw spot.failure(Kind.LOOP);
        }
        if (mode.directory() && type != FileType.DIRECTORY) {
            throw spot.failure(Kind.NOT_DIRECTORY);
        }
        spot.existing();
        return switch (type) {
            case DIRECTORY -> directory(folder, spot, mode);
            case REGULAR_FILE -> file(folder, spot, mode);
            case SYMBOLIC_LINK, OTHER -> throw spot.failure(Kind.NOT_SUPPORTED);
        };
    }

    private static Directory directory(Folder folder, ResolvedPath spot, OpenMode mode)
            throws IOException, FileException {
        if (mode.write() || mode.create() || mode.truncate()) {
            throw spot.failure(Kind.IS_DIRECTORY);
        }
        HostDirectory host = spot.directory();
        return new Directory(folder, spot.name() == null ? host.again() : host.openDirectory(spot.name()));
    }

    private static RegularFile create(Folder folder, ResolvedPath spot, OpenMode mode)
            throws IOException, FileException {
        Path name = spot.named(Kind.IS_DIRECTORY);
        Set<OpenOption> options = options(mode);
        options.add(StandardOpenOption.CREATE_NEW);
        options.add(StandardOpenOption.WRITE);
        folder.ledger.chargeName(spot.about());
        SeekableByteChannel channel;
        try {
            channel = spot.directory().openFile(name, options);
        } catch (IOException | RuntimeException e) {
            folder.ledger.giveBackName();
            throw e;
        }
        try {
            return new RegularFile(folder, channel, spot.directory().attributes(name), spot, mode);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static RegularFile file(Folder folder, ResolvedPath spot, OpenMode mode) throws IOException, FileException {
        Path name = spot.named(Kind.IS_DIRECTORY);
        Set<OpenOption> options = options(mode);
        if (mode.truncate()) {
            options.add(StandardOpenOption.WRITE);
        }
        BasicFileAttributes before = spot.existing();
        for (int i = 0; i < TRIES; i++) {
            if (options.contains(StandardOpenOption.WRITE)) {
                folder.checkOwnNames(before, spot.directory().extras(name, before), spot.about());
            }
            SeekableByteChannel channel = spot.directory().openFile(name, options);
            try {
                BasicFileAttributes after = spot.directory().attributes(name);
                if (FileTypes.of(after) == FileType.REGULAR_FILE && Objects.equals(before.fileKey(), after.fileKey())) {
                    return new RegularFile(folder, channel, after, spot, mode);
                }
                before = after;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            // The opened file may differ from the one that was checked.
            channel.close();
            if (FileTypes.of(before) != FileType.REGULAR_FILE) {
                break;
            }
        }
        throw spot.failure(Kind.BUSY);
    }

    private static Set<OpenOption> options(OpenMode mode) {
        Set<OpenOption> options = new HashSet<>();
        if (mode.write()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (mode.read() || !mode.write()) {
            options.add(StandardOpenOption.READ);
        }
        if (mode.sync()) {
            options.add(StandardOpenOption.SYNC);
        } else if (mode.dataSync()) {
            options.add(StandardOpenOption.DSYNC);
        }
        return options;
    }
}
