package dev.airlock.wasi.files;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A file or directory that a guest has opened. Used by one thread at a time. */
public sealed interface OpenNode extends AutoCloseable permits Directory, RegularFile {
    FileStat stat() throws FileException;

    /** Sets the times. Null leaves a time unchanged. */
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException;

    /** Waits until all writes are on the disk. Has no effect on directories. */
    void sync(boolean metadataToo) throws FileException;

    /** Closes it. Closing twice has no effect. */
    @Override
    void close();
}
