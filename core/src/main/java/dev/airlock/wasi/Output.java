package dev.airlock.wasi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/** Where a guest's standard output or standard error goes. */
public final class Output {
    private final Opener opener;
    private final boolean inherited;

    private interface Opener {
        OutputStream open() throws IOException;
    }

    private Output(Opener opener, boolean inherited) {
        this.opener = opener;
        this.inherited = inherited;
    }

    /** Nowhere. */
    public static Output discard() {
        return new Output(OutputStream::nullOutputStream, false);
    }

    /**
     * A stream, which gets what the guest writes as it writes it. It is the caller's to flush and close.
     *
     * <p>What it throws: an {@link IOException} is the guest's to handle, as EBADF if it is a {@link
     * java.nio.channels.ClosedChannelException} and else as EIO; a {@link
     * dev.airlock.error.LimitException} ends the guest's execution, as does any other exception, by a trap that has it as
     * its cause. The array that it is handed is the guest's memory: it must neither keep nor change it.
     */
    public static Output stream(OutputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Output(() -> new PassThrough(stream), false);
    }

    /** A file, made or emptied for each run, and complete when the guest has ended. */
    public static Output file(Path file) {
        Objects.requireNonNull(file, "file");
        return new Output(() -> Files.newOutputStream(file), false);
    }

    /**
     * A consumer of lines, decoded as UTF-8, without their ends ({@code \n} or {@code \r\n}); it is called in the
     * guest's thread, as the guest writes. A last line without an end comes when the guest has ended.
     *
     * @param limit how many bytes one line may have; a longer one is a {@link dev.airlock.error.LimitException}
     */
    public static Output lines(int limit, Consumer<String> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return new Output(() -> new LineStream(limit, consumer), false);
    }

    /** {@link #lines(int, Consumer)} with a limit of 1 MiB a line. */
    public static Output lines(Consumer<String> consumer) {
        return lines(1 << 20, consumer);
    }

    /**
     * This process's own standard output. If it was closed when the process started, as far as that can be told (on Linux),
     * what the guest writes is refused with EBADF.
     */
    public static Output inherit() {
        return new Output(() -> new PassThrough(StandardStream.OUT.output()), true);
    }

    /** This process's own standard error; closed as {@link #inherit()} has it. */
    public static Output inheritError() {
        return new Output(() -> new PassThrough(StandardStream.ERR.output()), true);
    }

    /**
     * Returns an output that writes to this one, and what was written to another stream as well. This one stays as it is: a
     * guest that writes to a terminal is still told so.
     *
     * @param copy gets each piece once this output has taken it; it is the caller's to close, and must neither keep nor change
     *     the array that it is handed
     */
    public Output tee(OutputStream copy) {
        Objects.requireNonNull(copy, "copy");
        return new Output(() -> new Tee(opener.open(), copy), inherited);
    }

    OutputStream open() throws IOException {
        return opener.open();
    }

    boolean inherited() {
        return inherited;
    }

    /** Closes the first stream alone. */
    private static final class Tee extends FilterOutputStream {
        private final OutputStream copy;

        Tee(OutputStream out, OutputStream copy) {
            super(out);
            this.copy = copy;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            copy.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            copy.write(bytes, offset, length);
        }
    }

    /** Does not close what is not ours, and unlike its superclass writes arrays as a whole. */
    private static final class PassThrough extends FilterOutputStream {
        PassThrough(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
