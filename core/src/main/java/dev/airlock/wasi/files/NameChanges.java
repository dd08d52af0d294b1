package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Objects;

/** Creates, removes and changes names. Each operation is exclusive: no thread looks up a name meanwhile. */
final class NameChanges {
    private interface Making {
        void run() throws IOException, FileException;
    }

    private NameChanges() {}

    static void createDirectory(Directory base, String path) throws FileException {
        String about = HostNames.shown(path);
        base.folder.checkWritable(about);
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath spot = base.to(path, PathResolver.Last.NAMED)) {
                Path name = free(spot);
                making(base.folder, spot, 0, () -> spot.directory().createDirectory(name));
            }
        });
    }

    static void symlink(Directory base, String target, String path) throws FileException {
        String about = HostNames.shown(path);
        base.folder.checkWritable(about);
        Path text = base.folder.names.linkTarget(target);
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath spot = base.to(path, PathResolver.Last.NAMED)) {
                Path name = free(spot);
                refuseSlash(spot);
                making(
                        base.folder,
                        spot,
                        HostNames.utf8Length(target),
                        () -> spot.directory().createSymbolicLink(name, text));
            }
        });
    }

    static void link(Directory from, String path, boolean follow, Directory to, String toPath) throws FileException {
        String about = HostNames.shown(path);
        Folder folder = from.folder;
        folder.checkWritable(about);
        to.folder.checkWritable(about);
        if (folder != to.folder) {
            throw FileFailures.of(Kind.CROSS_DEVICE, about);
        }
        if (folder.ledger.limitsBytes() && !folder.tellsLinks) {
            // Deleting one of the names would give back bytes that are still in use.
            throw FileFailures.of(Kind.NOT_SUPPORTED, about);
        }
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath source =
                            from.to(path, follow ? PathResolver.Last.FOLLOWED : PathResolver.Last.LOOKED_AT);
                    ResolvedPath spot = to.to(toPath, PathResolver.Last.NAMED)) {
                BasicFileAttributes attributes = source.existing();
                switch (FileTypes.of(attributes)) {
                    case DIRECTORY -> throw source.failure(Kind.NOT_PERMITTED);
                    case OTHER -> throw source.failure(Kind.NOT_SUPPORTED);
                    case SYMBOLIC_LINK -> {
                        if (!source.directory().canLinkLinks()) {
                            throw source.failure(Kind.NOT_SUPPORTED);
                        }
                    }
                    case REGULAR_FILE -> {
                        // A regular file can always be linked.
                    }
                }
                Path existing = source.named(Kind.NOT_PERMITTED);
                Path name = free(spot);
                refuseSlash(spot);
                making(folder, spot, 0, () -> {
                    spot.directory().createLink(name, source.directory(), existing);
                    if (!Objects.equals(spot.directory().attributes(name).fileKey(), attributes.fileKey())) {
                        // Another process replaced the source, perhaps by a link to the outside.
                        spot.directory().deleteFile(name);
                        throw source.failure(Kind.BUSY);
                    }
                });
                folder.madeName(attributes);
            }
        });
    }

    static void unlink(Directory base, String path) throws FileException {
        String about = HostNames.shown(path);
        base.folder.checkWritable(about);
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath spot = base.to(path, PathResolver.Last.NAMED)) {
                if (spot.type() == FileType.DIRECTORY) {
                    throw spot.failure(Kind.IS_DIRECTORY);
                }
                BasicFileAttributes attributes = spot.existing();
                Path name = spot.named(Kind.IS_DIRECTORY);
                HostDirectory.Extras extras = spot.extras();
                spot.directory().deleteFile(name);
                base.folder.lostName(attributes, extras, spot.path());
            }
        });
    }

    static void removeDirectory(Directory base, String path) throws FileException {
        String about = HostNames.shown(path);
        base.folder.checkWritable(about);
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath spot = base.to(path, PathResolver.Last.NAMED)) {
                BasicFileAttributes attributes = spot.existing();
                if (FileTypes.of(attributes) != FileType.DIRECTORY) {
                    throw spot.failure(Kind.NOT_DIRECTORY);
                }
                spot.directory().deleteDirectory(spot.named(Kind.INVALID));
                base.folder.lostName(attributes, null, spot.path());
            }
        });
    }

    static void rename(Directory from, String path, Directory to, String toPath) throws FileException {
        String about = HostNames.shown(path);
        from.folder.checkWritable(about);
        to.folder.checkWritable(about);
        if (from.folder != to.folder) {
            throw FileFailures.of(Kind.CROSS_DEVICE, about);
        }
        NamespaceLock.changing(about, () -> {
            try (ResolvedPath source = from.to(path, PathResolver.Last.NAMED);
                    ResolvedPath target = to.to(toPath, PathResolver.Last.NAMED)) {
                rename(from.folder, source, target);
            }
        });
    }

    private static void rename(Folder folder, ResolvedPath source, ResolvedPath target)
            throws IOException, FileException {
        BasicFileAttributes attributes = source.existing();
        BasicFileAttributes replaced = target.attributes();
        Path name = source.named(Kind.BUSY);
        Path newName = target.named(Kind.BUSY);
        boolean directory = FileTypes.of(attributes) == FileType.DIRECTORY;
        if (target.slash() && !directory) {
            throw target.failure(Kind.NOT_DIRECTORY);
        }
        if (replaced != null) {
            if (isSame(source, attributes, target, replaced)) {
                return;
            }
            if (directory) {
                if (FileTypes.of(replaced) != FileType.DIRECTORY) {
                    throw target.failure(Kind.NOT_DIRECTORY);
                }
                checkEmpty(target, newName);
            } else if (FileTypes.of(replaced) == FileType.DIRECTORY) {
                throw target.failure(Kind.IS_DIRECTORY);
            }
        }
        HostDirectory.Extras extras = target.extras();
        if (directory && target.path().startsWith(source.path())) {
            throw target.failure(Kind.INVALID);
        }
        source.directory().move(name, target.directory(), newName);
        folder.renamed(source.path(), target.path());
        if (replaced != null) {
            folder.lostName(replaced, extras, target.path());
        }
    }

    private static boolean isSame(
            ResolvedPath source, BasicFileAttributes a, ResolvedPath target, BasicFileAttributes b) {
        return a.fileKey() != null
                ? Objects.equals(a.fileKey(), b.fileKey())
                : source.path().equals(target.path());
    }

    private static void checkEmpty(ResolvedPath spot, Path name) throws IOException, FileException {
        try (HostDirectory directory = spot.directory().openDirectory(name)) {
            Iterator<Path> names = directory.names();
            if (names.hasNext()) {
                throw spot.failure(Kind.NOT_EMPTY);
            }
        }
    }

    /** Returns the name if it is not taken yet. */
    private static Path free(ResolvedPath spot) throws FileException {
        if (spot.attributes() != null) {
            throw spot.failure(Kind.EXISTS);
        }
        return spot.named(Kind.EXISTS);
    }

    private static void refuseSlash(ResolvedPath spot) throws FileException {
        if (spot.slash()) {
            throw spot.failure(Kind.NO_ENTRY);
        }
    }

    private static void making(Folder folder, ResolvedPath spot, long bytes, Making making)
            throws IOException, FileException {
        folder.ledger.chargeName(spot.about());
        boolean made = false;
        try {
            folder.ledger.chargeBytes(bytes, spot.about());
            try {
                making.run();
                made = true;
            } finally {
                if (!made) {
                    folder.ledger.giveBackBytes(bytes);
                }
            }
        } finally {
            if (!made) {
                folder.ledger.giveBackName();
            }
        }
    }
}
