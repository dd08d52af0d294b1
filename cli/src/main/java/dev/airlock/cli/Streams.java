package dev.airlock.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The command's standard output and standard error. The command fails if output is lost. */
final class Streams {
    private final Remembering target;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminals terminals;
    private final @Nullable Path descriptor;

    Streams(Writer out, Writer err, Terminals terminals) {
        this(out, err, terminals, null);
    }

    /** @param descriptor the link that shows on Linux what standard output is; null if it is not this process's */
    private Streams(Writer out, Writer err, Terminals terminals, @Nullable Path descriptor) {
        this.descriptor = descriptor;
        this.target = new Remembering(out);
        this.out = new PrintWriter(target);
        this.err = new PrintWriter(err, true);
        this.terminals = terminals;
    }

    static Streams ofProcess() {
        return new Streams(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8),
                Terminals.ofProcess(),
                Path.of("/proc/self/fd/1"));
    }

    static Streams of(CommandSpec command) {
        return ((Main) command.root().userObject()).streams();
    }

    /** A write to standard output failed. {@link #exitCode} reports the reason to the user. */
    static final class OutputException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutputException() {
            super("cannot write to standard output");
        }
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    Terminals terminals() {
        return terminals;
    }

    /**
     * Writes to standard output without buffering.
     *
     * @throws OutputException if the write fails
     */
    void print(String text) {
        out.print(text);
        if (out.checkError()) {
            throw new OutputException();
        }
    }

    /** Writes a message of the command to standard error. */
    void say(String message) {
        Ansi ansi = terminals.colourOfErrors();
        String name = ansi.enabled() ? ansi.string("@|bold,red airlock:|@") : "airlock:";
        err.println(name + " " + message);
    }

    /** Returns the given exit code, or another one if output was lost. */
    int exitCode(int code) {
        out.flush();
        IOException failure = target.failure;
        if (failure == null || code != 0 && code != Failures.OUTPUT_LOST) {
            return code;
        }
        if (isBrokenPipe(failure)) {
            // The reader of the output stopped reading, as "head" does, which is not a failure.
            return Failures.BROKEN_PIPE;
        }
        String reason = String.valueOf(failure.getMessage());
        say("cannot write to standard output: " + (reason.equals("Bad file descriptor") ? "it is closed" : reason));
        return Failures.OUTPUT_LOST;
    }

    /** Detects a closed pipe. The system's message may be in any language; on Linux a pipe fails for no other reason. */
    private boolean isBrokenPipe(IOException failure) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("broken pipe") || reason.contains("pipe is being closed")) {
            return true;
        }
        if (descriptor == null) {
            return false;
        }
        try {
            String link = Files.readSymbolicLink(descriptor).toString();
            return link.startsWith("pipe:") || link.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Returns the colours of help, which is printed to standard output. */
    CommandLine.Help.ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(terminals.colourOfOutput());
    }

    /** Keeps the first exception of a write, which {@link PrintWriter} discards. */
    private static final class Remembering extends Writer {
        private final Writer out;
        private @Nullable IOException failure;

        Remembering(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            try {
                out.write(text, offset, length);
            } catch (IOException e) {
                throw remember(e);
            }
        }

        @Override
        public void flush() throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                out.flush();
            } catch (IOException e) {
                throw remember(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        private IOException remember(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
