package dev.airlock.program;

import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.ExitException;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.CappedBuffer;
import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One run of a program, to be set up and then run, as often as wanted. Not thread-safe.
 *
 * <p>It starts with what {@link Program#wasi} gives. By default the program gets its own name as its only argument, an
 * empty standard input, no environment and no folders, and what it writes to standard output and standard error is kept in
 * memory, up to {@link #KEPT_OUTPUT_LIMIT} bytes each.
 */
public final class Invocation {
    /**
     * How many bytes of standard output, and of standard error, are kept in memory at the most, unless {@link
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
     * Sets the name that the program finds as its first argument, {@code argv[0]}: its module's name by default.
     *
     * @param name its name
     * @return the new invocation
     */
    public Invocation programName(String name) {
        wasi.programName(name);
        return this;
    }

    /**
     * Adds arguments, which follow the program's name and those given before.
     *
     * @param args one for each parameter
     * @return the new invocation
     */
    public Invocation args(String... args) {
        return args(List.of(args));
    }

    /**
     * Adds arguments, which follow the program's name and those given before.
     *
     * @param args one for each parameter
     * @return the new invocation
     */
    public Invocation args(List<String> args) {
        wasi.args(args);
        return this;
    }

    /**
     * Sets a variable of the environment.
     *
     * @param name its name
     * @param value the value
     * @return a variable of the environment
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
     * @return all variables of this process's environment, as they are now
     */
    public Invocation inheritEnv() {
        wasi.inheritEnv();
        return this;
    }

    /**
     * Gives the program a folder that it may read and write, under a name.
     *
     * @param host the object whose methods serve the imports
     * @param guest the name by which the program sees the folder
     * @return a folder that the program may read and write, and the name it sees it by
     */
    public Invocation preopenedDir(Path host, String guest) {
        wasi.preopenedDir(host, guest);
        return this;
    }

    /**
     * Gives the program a folder with rules: for reading only, or with bounds on what it may add.
     *
     * @param host the object whose methods serve the imports
     * @param guest the name by which the program sees the folder
     * @param rules what the program may do with the folder
     * @return the same by rules
     */
    public Invocation preopenedDir(Path host, String guest, FolderRules rules) {
        wasi.preopenedDir(host, guest, rules);
        return this;
    }

    /**
     * Sets anything that a {@link WasiCtx} can give: clocks, randomness, sockets, how many descriptors.
     *
     * @param settings changes the builder of the run's context
     * @return the new guest
     */
    public Invocation wasi(Consumer<? super WasiCtx.Builder> settings) {
        settings.accept(wasi);
        return this;
    }

    /**
     * Sets standard input.
     *
     * @param input what the program reads
     * @return the new invocation
     */
    public Invocation stdin(Input input) {
        wasi.stdin(input);
        return this;
    }

    /**
     * Text for standard input, as UTF-8.
     *
     * @param text the text
     * @return the new invocation
     */
    public Invocation stdin(String text) {
        return stdin(Input.text(text));
    }

    /**
     * Bytes for standard input.
     *
     * @param bytes the bytes
     * @return the new invocation
     */
    public Invocation stdin(byte[] bytes) {
        return stdin(Input.bytes(bytes));
    }

    /**
     * Where standard output goes, instead of into the result.
     *
     * @param output where it goes
     * @return the new invocation
     */
    public Invocation stdout(Output output) {
        wasi.stdout(output);
        return this;
    }

    /**
     * Where standard error goes, instead of into the result.
     *
     * @param output where it goes
     * @return the new invocation
     */
    public Invocation stderr(Output output) {
        wasi.stderr(output);
        return this;
    }

    /**
     * Connects the three standard streams of this process.
     *
     * @return the three standard streams of this process
     */
    public Invocation inheritStdio() {
        return stdin(Input.inherit()).stdout(Output.inherit()).stderr(Output.inheritError());
    }

    /**
     * Sets the limits of the run; by default those of the program, or else {@link Limits#defaults()}.
     *
     * @param given the limits of the run
     * @return the new guest
     */
    public Invocation limits(Limits given) {
        limits = Objects.requireNonNull(given, "given");
        return this;
    }

    /**
     * Runs the program in a fresh instance, in this thread, until it ends.
     *
     * @return how the program ended, and what it wrote
     * @throws dev.airlock.error.LinkException if it needs more than it is given
     * @throws dev.airlock.error.Trap if it traps
     * @throws dev.airlock.error.LimitException if it passes a limit, or writes more than is kept
     * @throws IllegalArgumentException if a folder that it is given is not there
     * @throws java.io.UncheckedIOException if a file of a standard stream cannot be opened
     */
    public ProgramResult run() {
        return run(false);
    }

    /** @param captured whether the result has standard output, even if that was sent elsewhere */
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
     * Starts the program in a thread of its own, with live pipes for its three standard streams. Ignores earlier settings
     * of these streams.
     *
     * @return the running program
     */
    public Running start() {
        return Running.start(this, program.module().name());
    }

    /** Returns what a run gets, with these streams. Later changes of this invocation are for later runs. */
    WasiCtx context(Input in, Output out, Output err) {
        return wasi.build().toBuilder().stdin(in).stdout(out).stderr(err).build();
    }

    int run(WasiCtx ctx) {
        Linker linker = new Linker().limits(limits);
        WasiPreview1.addTo(linker, ctx);
        program.addImports(linker);
        Instance instance;
        try {
            instance = program.instances().make(linker);
        } catch (ExitException e) {
            return e.exitCode();
        }
        // An exit is no failure, so it must not swallow one of closing.
        try (instance) {
            long began = System.nanoTime();
            int exitCode = start(instance);
            program.instances().ran(System.nanoTime() - began);
            return exitCode;
        }
    }

    private static int start(Instance instance) {
        try {
            instance.function("_start").call();
            return 0;
        } catch (ExitException e) {
            return e.exitCode();
        }
    }
}
