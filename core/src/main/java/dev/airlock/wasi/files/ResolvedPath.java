package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The target of a path: a name in an open directory, or that directory itself.
 *
 * @param about the guest's path, for errors
 * @param directory the open directory
 * @param owned whether the directory was opened on the way and is closed with this
 * @param name null for the directory itself, as for {@code .} or {@code a/..}
 * @param attributes those of the name, null if it does not exist; those of the directory if there is no name
 * @param slash whether a slash follows the name; then the name has to be a directory
 */
record ResolvedPath(
        String about,
        HostDirectory directory,
        boolean owned,
        @Nullable Path name,
        @Nullable BasicFileAttributes attributes,
        boolean slash)
        implements AutoCloseable {

    @Nullable
    FileType type() {
        return attributes == null ? null : FileTypes.of(attributes);
    }

    BasicFileAttributes existing() throws FileException {
        if (attributes == null) {
            throw failure(Kind.NO_ENTRY);
        }
        if (slash && FileTypes.of(attributes) != FileType.DIRECTORY) {
            throw failure(Kind.NOT_DIRECTORY);
        }
        return attributes;
    }

    /** Returns the name, or throws the given kind of failure if there is none. */
    Path named(Kind otherwise) throws FileException {
        if (name == null) {
            throw failure(otherwise);
        }
        return name;
    }

    HostDirectory.@Nullable Extras extras() {
        if (attributes == null) {
            return null;
        }
        return name == null ? directory.extras(attributes) : directory.extras(name, attributes);
    }

    /** May be wrong, see {@link HostDirectory#path()}. */
    Path path() {
        return name == null ? directory.path() : directory.path().resolve(name);
    }

    FileException failure(Kind kind) {
        return FileFailures.of(kind, about);
    }

    @Override
    public void close() {
        if (owned) {
            directory.close();
        }
    }
}
