package dev.airlock.wasi;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
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
        InputStream open() throws IOException;
    }

    private Input(Opener opener, boolean inherited) {
        this.opener = opener;
        this.inherited = inherited;
    }

    /** Nothing: the first read meets the end. */
    public static Input empty() {
        return new Input(InputStream::nullInputStream, false);
    }

    /** These bytes. They are not copied: leave them as they are until the guest has ended. */
    public static Input bytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Input(() -> new ByteArrayInputStream(bytes), false);
    }

    /** This text, as UTF-8. */
    public static Input text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream, read as the guest reads and never ahead of it. It is the caller's to close, and good for one run. */
    public static Input stream(InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Input(() -> new NotOurs(stream), false);
    }

    /** A file, opened for each run. */
    public static Input file(Path file) {
        Objects.requireNonNull(file, "file");
        return new Input(() -> Files.newInputStream(file), false);
    }

    /** This process's own standard input. */
    public static Input inherit() {
        // Not System.in, whose buffer would take what the guest never asks for.
        return new Input(() -> new NotOurs(new FileInputStream(FileDescriptor.in)), true);
    }

    InputStream open() throws IOException {
        return opener.open();
    }

    boolean inherited() {
        return inherited;
    }

    /** A stream that somebody else closes. */
    private static final class NotOurs extends FilterInputStream {
        NotOurs(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
