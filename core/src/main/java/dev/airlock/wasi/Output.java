package dev.airlock.wasi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/** A destination of a guest's standard output or standard error. */
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

    /** {@return an output that drops what is written} */
    public static Output discard() {
        return new Output(OutputStream::nullOutputStream, false);
    }

    /**
     * Returns an output that passes each write of the guest on to a stream at once.
     *
     * <p>If the stream throws an {@link IOException}, the guest gets an error number: EBADF for a {@link
     * java.nio.channels.ClosedChannelException}, otherwise EIO. A {@link dev.airlock.error.LimitException} ends the
     * guest's execution. Any other exception ends it as well, with a trap whose cause it is.
     *
     * @param stream the caller flushes and closes it. The array that it gets is the guest's memory: it must neither
     *     keep nor change the array
     * @return the output
     */
    public static Output stream(OutputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Output(() -> new PassThrough(stream), false);
    }

    /**
     * Returns an output that creates or empties a file for each run. The file is complete when the guest has ended.
     *
     * @param file the file to write
     * @return the output
     */
    public static Output file(Path file) {
        Objects.requireNonNull(file, "file");
        return new Output(() -> Files.newOutputStream(file), false);
    }

    /**
     * Returns an output that calls a consumer with each line, in the guest's thread, as the guest writes. A last line
     * without an end is passed on when the guest has ended.
     *
     * @param limit the most bytes in a line; a longer line is a {@link dev.airlock.error.LimitException}
     * @param consumer gets lines decoded as UTF-8, without their ends ({@code \n} or {@code \r\n})
     * @return the output
     */
    public static Output lines(int limit, Consumer<String> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return new Output(() -> new LineStream(limit, consumer), false);
    }

    /**
     * Returns {@link #lines(int, Consumer)} with a limit of 1 MiB a line.
     *
     * @param consumer gets lines decoded as UTF-8, without their ends
     * @return the output
     */
    public static Output lines(Consumer<String> consumer) {
        return lines(1 << 20, consumer);
    }

    /**
     * Returns the standard output of this process. If it was closed when the process started, as far as Linux shows
     * that, the guest's writes fail with EBADF.
     *
     * @return the output
     */
    public static Output inherit() {
        return new Output(() -> new PassThrough(StandardStream.OUT.output()), true);
    }

    /**
     * Returns the standard error of this process. If it was closed when the process started, see {@link #inherit()}.
     *
     * @return the output
     */
    public static Output inheritError() {
        return new Output(() -> new PassThrough(StandardStream.ERR.output()), true);
    }

    /**
     * Returns an output that writes to this output and copies what was written to another stream. Leaves this output
     * unchanged: a guest that writes to a terminal still learns that it is one.
     *
     * @param copy gets each piece once this output has taken it; the caller closes it. It must neither keep nor change
     *     the array that it gets
     * @return the output
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

    /** Closes only the first stream. */
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

    /** Leaves the stream open, and unlike its superclass writes arrays as a whole. */
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
