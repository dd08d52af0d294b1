package dev.airlock.wasi;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The standard streams of this process, and which of them were closed when it started, as by {@code <&-} in a shell.
 *
 * <p>A process that opens a file gets the lowest free descriptor. If standard input is closed, the first file that the
 * JVM opens becomes descriptor 0, and Java takes that file for standard input. Linux shows what a descriptor refers to;
 * on other systems all three streams count as open.
 */
enum StandardStream {
    IN(FileDescriptor.in),
    OUT(FileDescriptor.out),
    ERR(FileDescriptor.err);

    private final FileDescriptor descriptor;
    private final boolean closed;

    StandardStream(FileDescriptor descriptor) {
        this.descriptor = descriptor;
        this.closed = Probe.wasClosed(ordinal());
    }

    /** Returns a stream for a guest to write to. Each write to a closed one is a {@link ClosedChannelException}. */
    OutputStream output() {
        return closed ? new Closed() : new FileOutputStream(descriptor);
    }

    /**
     * Returns a stream for a guest to read. All guests share it, so that a byte read ahead is not lost to the next
     * guest.
     */
    SourceStream input() {
        return closed ? SourceStream.ready(InputStream.nullInputStream()) : WatchedStream.OfProcess.STREAM;
    }

    /**
     * What Linux shows of descriptors. A class of its own, since an enum's constants are created before its other
     * static fields.
     */
    private static final class Probe {
        private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
        private static final Path DESCRIPTOR_INFO = Path.of("/proc/self/fdinfo");

        /** The file that a JVM opens before all others and keeps open. */
        private static final Path OF_JVM = Path.of("lib", "modules");

        private static final int ACCESS_MODE = 3;
        private static final int READ_ONLY = 0;
        private static final int WRITE_ONLY = 1;

        private Probe() {}

        static boolean wasClosed(int number) {
            if (!Files.isDirectory(DESCRIPTORS)) {
                return false;
            }
            Path link = DESCRIPTORS.resolve(Integer.toString(number));
            if (!Files.isSymbolicLink(link)) {
                return true;
            }
            try {
                int mode = accessMode(Files.readAllLines(DESCRIPTOR_INFO.resolve(Integer.toString(number))));
                return number == 0 ? mode == WRITE_ONLY || isOfJvm(link) : mode == READ_ONLY;
            } catch (IOException | NumberFormatException e) {
                // A /proc that hides descriptors counts as no /proc.
                return false;
            }
        }

        /** Returns how a descriptor was opened: the last two bits of the flags, an octal number. */
        private static int accessMode(List<String> info) throws IOException {
            for (String line : info) {
                if (line.startsWith("flags:")) {
                    return (int) Long.parseLong(
                                    line.substring("flags:".length()).strip(), 8)
                            & ACCESS_MODE;
                }
            }
            throw new IOException("no flags of a descriptor in " + info);
        }

        /**
         * If a caller redirects this very file to standard input, two descriptors refer to it: one is the JVM's own.
         */
        private static boolean isOfJvm(Path link) throws IOException {
            Path file = Path.of(System.getProperty("java.home", "")).resolve(OF_JVM);
            if (!Files.exists(file) || !Files.isSameFile(link, file)) {
                return false;
            }
            try (Stream<Path> all = Files.list(DESCRIPTORS)) {
                return all.filter(other -> refersTo(other, file)).count() == 1;
            }
        }

        private static boolean refersTo(Path link, Path file) {
            try {
                return Files.isSameFile(link, file);
            } catch (IOException e) {
                // Closed since it was listed, or not a file.
                return false;
            }
        }
    }

    private static final class Closed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new ClosedChannelException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            throw new ClosedChannelException();
        }
    }
}
