package dev.airlock.wasi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A source of a guest's standard input. Bytes, text and files can be read by any number of runs. */
public final class Input {
    private final Opener opener;
    private final boolean inherited;

    private interface Opener {
        SourceStream open() throws IOException;
    }

    private Input(Opener opener, boolean inherited) {
        this.opener = opener;
        this.inherited = inherited;
    }

    /** {@return an empty input: the first read meets the end} */
    public static Input empty() {
        return bytes(new byte[0]);
    }

    /**
     * Returns an input of these bytes.
     *
     * @param bytes not copied: leave them unchanged until the guest has ended
     * @return the input
     */
    public static Input bytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Input(() -> SourceStream.ready(new ByteArrayInputStream(bytes)), false);
    }

    /**
     * Returns an input of this text.
     *
     * @param text encoded as UTF-8
     * @return the input
     */
    public static Input text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns an input that reads a stream into the guest's memory, as the guest reads and not ahead of it.
     *
     * <p>If a guest asks whether there is input before it reads ({@code poll_oneoff}), and the stream's {@link
     * InputStream#available()} reports none, a separate thread reads one byte ahead. A {@link Pipe} needs no such
     * thread.
     *
     * @param stream good for one run; the caller closes it
     * @return the input
     */
    public static Input stream(InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Input(() -> SourceStream.of(stream), false);
    }

    /**
     * Returns an input that opens a file for each run.
     *
     * @param file a regular file, a named pipe or a device
     * @return the input
     */
    public static Input file(Path file) {
        Objects.requireNonNull(file, "file");
        return new Input(
                () -> {
                    InputStream stream = Files.newInputStream(file);
                    // A named pipe or a terminal has a path too.
                    return Files.isRegularFile(file)
                            ? SourceStream.ready(stream)
                            : SourceStream.owned(SourceStream.of(stream), stream);
                },
                false);
    }

    /**
     * Returns the standard input of this process. If it was closed when the process started, as far as Linux shows
     * that, the guest gets an empty one.
     *
     * @return the input
     */
    public static Input inherit() {
        // Not System.in, whose buffer would take what the guest never asks for.
        return new Input(StandardStream.IN::input, true);
    }

    SourceStream open() throws IOException {
        return opener.open();
    }

    boolean inherited() {
        return inherited;
    }
}
