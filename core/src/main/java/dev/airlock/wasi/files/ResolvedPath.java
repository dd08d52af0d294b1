package dev.airlock.wasi.files;

import dev.airlock.wasi.files.FileException.Kind;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads: a name in an open directory, or that directory itself.
 *
 * @param about the guest's path, for errors
 * @param owned the directory was opened on the way and is closed with this
 * @param name null: the directory itself, as by {@code .} or {@code a/..}
 * @param attributes of the name, null if nothing is there; of the directory itself, if it is meant
 * @param slash there was a slash after the name, so nothing but a directory will do
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

    /** The name, of which there must be one. */
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

    /** Not to be trusted, as {@link HostDirectory#path()}. */
    Path path() {
        return name == null ? directory.path() : directory.path().resolve(name);
    }

    FileException failure(Kind kind) {
        return Failures.of(kind, about);
    }

    @Override
    public void close() {
        if (owned) {
            directory.close();
        }
    }
}
