package dev.airlock.wasi.files;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** An open file. */
public final class RegularFile implements OpenNode {
    RegularFile() {}

    public boolean readable() {
        return false;
    }

    public boolean writable() {
        return false;
    }

    /** Returns how many bytes were read: 0 at the end, otherwise at least one if any was asked for. */
    public int read(long position, byte[] into, int offset, int length) throws FileException {
        throw notYet();
    }

    /** Returns how many bytes were written. A gap before {@code position} is filled with zeros. */
    public int write(long position, byte[] from, int offset, int length) throws FileException {
        throw notYet();
    }

    /**
     * Writes all at the end, with nobody of this JVM writing in between.
     *
     * @return the position after it
     */
    public long append(byte[] from, int offset, int length) throws FileException {
        throw notYet();
    }

    public long size() throws FileException {
        throw notYet();
    }

    /** Cuts the file off, or fills it up with zeros. */
    public void setSize(long size) throws FileException {
        throw notYet();
    }

    /** Makes the file at least {@code offset + length} long. */
    public void allocate(long offset, long length) throws FileException {
        throw notYet();
    }

    @Override
    public FileStat stat() throws FileException {
        throw notYet();
    }

    @Override
    public void setTimes(@Nullable FileTime accessed, @Nullable FileTime modified) throws FileException {
        throw notYet();
    }

    @Override
    public void sync(boolean metadataToo) throws FileException {
        throw notYet();
    }

    @Override
    public void close() {}

    private static FileException notYet() {
        return new FileException(FileException.Kind.NOT_SUPPORTED, "not yet");
    }
}
