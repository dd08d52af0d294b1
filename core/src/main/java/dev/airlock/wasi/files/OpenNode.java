package dev.airlock.wasi.files;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Something that a guest has opened. Used by one thread at a time. */
public sealed interface OpenNode extends AutoCloseable permits Directory, RegularFile {
    FileStat stat() throws FileException;

    /** Null leaves a time as it is. */
    void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException;

    /** Returns when what was written is on the disk. Directories have nothing to do. */
    void sync(boolean metadataToo) throws FileException;

    /** Closing twice does nothing. */
    @Override
    void close();
}
