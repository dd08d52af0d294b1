package dev.airlock.program;

import dev.airlock.limit.Limits;
import dev.airlock.wasi.CappedBuffer;
import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Sets up runs of a program. One invocation may be run any number of times. Not thread-safe.
 *
 * <p>It starts with the context of {@link Program#wasi}. By default the program gets its name as its only argument, an empty
 * standard input, no environment and no folders, and its standard output and standard error are kept in memory, up to {@link
 * #KEPT_OUTPUT_LIMIT} bytes each. All setters change this invocation and return it.
 */
public final class Invocation {
    /**
     * The maximum number of bytes of standard output, and of standard error, kept in memory, unless {@link
     * Limits#outputBytes} says otherwise: 16 MiB.
     */
    public static final long KEPT_OUTPUT_LIMIT = 16L << 20;

    private final Program program;
    private final WasiCtx.Builder wasi;
    private Limits limits;

    Invocation(Program program) {
        this.program = program;
        this.limits = program.limits();
        this.wasi = program.wasi().toBuilder();
    }

    /**
     * Sets the name that the program gets as its first argument, {@code argv[0]}; by default the name of its module.
     *
     * @param name the name
     * @return this
     */
    public Invocation programName(String name) {
        wasi.programName(name);
        return this;
    }

    /**
     * Adds arguments, which follow the program's name and those given before.
     *
     * @param args the arguments, in order
     * @return this
     */
    public Invocation args(String... args) {
        return args(List.of(args));
    }

    /**
     * Adds arguments, which follow the program's name and those given before.
     *
     * @param args the arguments, in order
     * @return this
     */
    public Invocation args(List<String> args) {
        wasi.args(args);
        return this;
    }

    /**
     * Sets an environment variable.
     *
     * @param name the name
     * @param value the value
     * @return this
     */
    public Invocation env(String name, String value) {
        wasi.env(name, value);
        return this;
    }

    /**
     * Copies all variables of this process's environment, as they are now; those of the same name are replaced.
     * Environments often hold passwords and keys: give a guest that you do not trust the variables that it needs, one by
     * one.
     *
     * @return this
     */
    public Invocation inheritEnv() {
        wasi.inheritEnv();
        return this;
    }

    /**
     * Gives the program a folder that it may read and write, under a name.
     *
     * @param host the folder
     * @param guest the name by which the program sees the folder
     * @return this
     */
    public Invocation preopenedDir(Path host, String guest) {
        wasi.preopenedDir(host, guest);
        return this;
    }

    /**
     * Gives the program a folder with rules: for reading only, or with bounds on what it may add.
     *
     * @param host the folder
     * @param guest the name by which the program sees the folder
     * @param rules what the program may do with the folder
     * @return this
     */
    public Invocation preopenedDir(Path host, String guest, FolderRules rules) {
        wasi.preopenedDir(host, guest, rules);
        return this;
    }

    /**
     * Sets anything that a {@link WasiCtx} can give: clocks, randomness, sockets, how many descriptors.
     *
     * @param settings changes the builder of the run's context
     * @return this
     */
    public Invocation wasi(Consumer<? super WasiCtx.Builder> settings) {
        settings.accept(wasi);
        return this;
    }

    /**
     * Sets standard input.
     *
     * @param input what the program reads
     * @return this
     */
    public Invocation stdin(Input input) {
        wasi.stdin(input);
        return this;
    }

    /**
     * Sets standard input to a text, as UTF-8.
     *
     * @param text the text
     * @return this
     */
    public Invocation stdin(String text) {
        return stdin(Input.text(text));
    }

    /**
     * Sets standard input to these bytes.
     *
     * @param bytes the bytes
     * @return this
     */
    public Invocation stdin(byte[] bytes) {
        return stdin(Input.bytes(bytes));
    }

    /**
     * Sets the destination of standard output, which is then not in the result.
     *
     * @param output the destination
     * @return this
     */
    public Invocation stdout(Output output) {
        wasi.stdout(output);
        return this;
    }

    /**
     * Sets the destination of standard error, which is then not in the result.
     *
     * @param output the destination
     * @return this
     */
    public Invocation stderr(Output output) {
        wasi.stderr(output);
        return this;
    }

    /**
     * Connects the three standard streams of the program to those of this process.
     *
     * @return this
     */
    public Invocation inheritStdio() {
        return stdin(Input.inherit()).stdout(Output.inherit()).stderr(Output.inheritError());
    }

    /**
     * Sets the limits of the run; by default those of the program, or else {@link Limits#defaults()}.
     *
     * @param given the limits of the run
     * @return this
     */
    public Invocation limits(Limits given) {
        limits = Objects.requireNonNull(given, "given");
        return this;
    }

    /**
     * Runs the program in a fresh instance, in this thread, until it ends.
     *
     * @return how the program ended, and what it wrote
     * @throws dev.airlock.error.LinkException if an import is missing or has another type
     * @throws dev.airlock.error.Trap if it traps
     * @throws dev.airlock.error.LimitException if it exceeds a limit, or writes more than is kept
     * @throws IllegalArgumentException if a folder of the context does not exist
     * @throws java.io.UncheckedIOException if a file of a standard stream cannot be opened
     */
    public ProgramResult run() {
        return run(false);
    }

    /** @param captured whether the result has standard output, even if another destination was set */
    ProgramResult run(boolean captured) {
        long kept = limits.outputBytes() == Limits.UNLIMITED ? KEPT_OUTPUT_LIMIT : limits.outputBytes();
        var keptOut = new CappedBuffer("bytes on stdout", kept);
        var keptErr = new CappedBuffer("bytes on stderr", kept);
        WasiCtx.Builder given = wasi.build().toBuilder();
        if (captured) {
            given.stdout(Output.stream(keptOut));
        }
        int exitCode =
                run(given.build().withDefaultStreams(Input.empty(), Output.stream(keptOut), Output.stream(keptErr)));
        return new ProgramResult(exitCode, keptOut.toByteArray(), keptErr.toByteArray());
    }

    /**
     * Starts the program in a new thread, with live pipes for its three standard streams, which replace streams that were set
     * before.
     *
     * @return the running program
     */
    public Running start() {
        return Running.start(this, program.name());
    }

    /** Returns the context of a run, with these streams. Later changes of this invocation do not affect it. */
    WasiCtx context(Input in, Output out, Output err) {
        return wasi.build().toBuilder().stdin(in).stdout(out).stderr(err).build();
    }

    int run(WasiCtx ctx) {
        return program.command().run(ctx, limits);
    }
}
