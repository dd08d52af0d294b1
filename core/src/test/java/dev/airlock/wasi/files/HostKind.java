package dev.airlock.wasi.files;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kinds of file systems whose folders a host may give to guests. */
public enum HostKind {
    REAL,
    /** In memory, with {@code SecureDirectoryStream} and all attributes of Unix. */
    MEMORY,
    /** In memory, with access by path only. */
    MEMORY_BY_PATH,
    /** In memory, with names that fold. */
    MEMORY_MAC,
    MEMORY_WINDOWS;

    /**
     * Returns an empty folder for a test.
     *
     * @param temporary a folder of the real file system, which the caller deletes
     */
    public Path top(Path temporary) throws IOException {
        return switch (this) {
            case REAL -> temporary.toRealPath();
            case MEMORY ->
                in(Jimfs.newFileSystem(Configuration.unix().toBuilder()
                        .setAttributeViews("unix")
                        .build()));
            case MEMORY_BY_PATH ->
                in(Jimfs.newFileSystem(Configuration.unix().toBuilder()
                        .setAttributeViews("unix")
                        .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNEL)
                        .build()));
            case MEMORY_MAC -> in(Jimfs.newFileSystem(Configuration.osX()));
            case MEMORY_WINDOWS -> in(Jimfs.newFileSystem(Configuration.windows()));
        };
    }

    private static Path in(FileSystem fileSystem) throws IOException {
        Path root = fileSystem.getRootDirectories().iterator().next();
        return Files.createDirectory(root.resolve("top"));
    }

    /** Returns whether the host reports how many names a file has. */
    public boolean tellsLinks() {
        return this == REAL || this == MEMORY || this == MEMORY_BY_PATH;
    }
}
