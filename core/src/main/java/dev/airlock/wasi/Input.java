package dev.airlock.wasi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where a guest's standard input comes from. Bytes, text and files can be read by any number of runs. */
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

    /** Nothing: the first read meets the end. */
    public static Input empty() {
        return bytes(new byte[0]);
    }

    /** These bytes. They are not copied: leave them as they are until the guest has ended. */
    public static Input bytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Input(() -> SourceStream.ready(new ByteArrayInputStream(bytes)), false);
    }

    /** This text, as UTF-8. */
    public static Input text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A stream, read as the guest reads and not ahead of it, into the guest's memory. It is the caller's to close, and good
     * for one run.
     *
     * <p>Where a guest asks whether there is input before it reads ({@code poll_oneoff}), and the stream's {@link
     * InputStream#available()} knows of none, a thread of its own reads one byte ahead. A {@link Pipe} does without.
     */
    public static Input stream(InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Input(() -> SourceStream.of(stream), false);
    }

    /** A file, opened for each run. */
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
     * This process's own standard input. If it was closed when the process started, as far as that can be told (on Linux),
     * the guest gets an empty one.
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
