package dev.airlock.program;

import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.CheckReturnValue;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.wasi.WasiCtx;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A compiled WASI command. A program is immutable and thread-safe: each run has an instance of its own, and no run sees
 * anything of another.
 *
 * <pre>{@code
 * interface Repeat {
 *   Names repeat(Request request);
 * }
 *
 * Names names = program.as(Repeat.class).repeat(new Request("Ada", 3)); // JSON on stdin and stdout
 *
 * ProgramResult result = program.invocation().args("--verbose").stdin(Input.bytes(bytes)).run();
 * int code = result.exitCode();
 * }</pre>
 *
 * <p>A program whose runs are short keeps the arrays of a few memories for the next runs: keep a program instead of making it
 * again.
 */
@CheckReturnValue
public final class Program {
    private final Module module;
    private final FreshInstances instances;
    private final Consumer<Linker> imports;
    private final WasiCtx wasi;
    private final Limits limits;
    private final @Nullable PayloadCodec payloads;

    private Program(
            Module module,
            FreshInstances instances,
            Consumer<Linker> imports,
            WasiCtx wasi,
            Limits limits,
            @Nullable PayloadCodec payloads) {
        this.module = module;
        this.instances = instances;
        this.imports = imports;
        this.wasi = wasi;
        this.limits = limits;
        this.payloads = payloads;
    }

    /**
     * Returns a module as a program.
     *
     * @param module the name of the module
     * @return a module as a program
     * @throws SignatureException if it is no command: if it has no {@code _start}
     */
    public static Program of(Module module) {
        return of(module, linker -> {});
    }

    /**
     * Returns a module as a program that is given more than WASI.
     *
     * @param module the name of the module
     * @param imports called before each run, with the linker of that run; a memory that a function defined here keeps is
     *     not to be used once the run has ended, and may be empty then
     * @return a module as a program that is given more than WASI
     * @throws SignatureException if it is no command: if it has no {@code _start}
     */
    public static Program of(Module module, Consumer<Linker> imports) {
        if (!module.isCommand()) {
            throw new SignatureException(module.name()
                    + " is no program: it exports no function _start without parameters and results;"
                    + " a library is instantiated, and its functions are called");
        }
        return new Program(
                module,
                new FreshInstances(module),
                Objects.requireNonNull(imports, "imports"),
                WasiCtx.builder().build(),
                Limits.defaults(),
                null);
    }

    /**
     * Returns a program whose runs are subject to these limits, unless {@link Invocation#limits} sets others.
     *
     * @param each the limits of each instance
     * @return the new guest
     */
    public Program limits(Limits each) {
        return new Program(module, instances, imports, wasi, Objects.requireNonNull(each, "each"), payloads);
    }

    /**
     * Returns a program whose runs get what this context gives: each {@linkplain #invocation() invocation} starts with it and
     * may add to it.
     *
     * <p>A standard stream of the context is used by every run, unless the invocation sets another, or a typed interface
     * takes it: see {@link #as}.
     *
     * @param ctx what the guest may reach
     * @return the new guest
     */
    public Program wasi(WasiCtx ctx) {
        return new Program(module, instances, imports, Objects.requireNonNull(ctx, "ctx"), limits, payloads);
    }

    WasiCtx wasi() {
        return wasi;
    }

    /**
     * Returns a program whose typed interfaces write and read payloads by this codec, instead of the one for JSON that is
     * installed. It may be of any format that the program reads and writes.
     *
     * @param codec writes and reads the payloads
     * @return the new guest
     */
    public Program payloads(PayloadCodec codec) {
        return new Program(module, instances, imports, wasi, limits, Objects.requireNonNull(codec, "codec"));
    }

    @Nullable
    PayloadCodec payloads() {
        return payloads;
    }

    Limits limits() {
        return limits;
    }

    FreshInstances instances() {
        return instances;
    }

    /**
     * What it is compiled from.
     *
     * @return what it is compiled from
     */
    public Module module() {
        return module;
    }

    /**
     * Returns a run to be set up; {@link Invocation#run()} runs it.
     *
     * @return a run to be set up
     */
    public Invocation invocation() {
        return new Invocation(this);
    }

    /**
     * This program as a Java interface with one method: its parameter goes to standard input, its result comes from
     * standard output.
     *
     * <p>{@code byte[]}, {@code String} and {@code InputStream} go in as they are, {@code byte[]} and {@code String}
     * come out as they are, and {@link ProgramResult} is what {@link Invocation#run()} gives. Any other type crosses by the
     * {@link PayloadCodec} that is {@linkplain #payloads set}, or else installed: JSON, with {@code airlock-json}. A method without a
     * parameter gives the standard input of the {@linkplain #wasi context}, or an empty one; one without a result leaves
     * standard output to the context, or ignores it. Standard error goes to the context's, if it has one, and else into the
     * text of errors. Arguments, environment and folders are the context's.
     *
     * <p>Unless the result is a {@link ProgramResult}, an exit code other than 0 is a
     * {@link dev.airlock.error.ProgramException}, and so is an output that does not fit the result.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     * @throws SignatureException if the interface cannot stand for a program
     */
    public <T> T as(Class<T> type) {
        return ProgramFunction.bind(this, type);
    }

    /**
     * This program as a Java interface, with options that hold for each of its calls. A call is a whole run here, to make the
     * instance included. Otherwise the same as {@link #as(Class)}.
     *
     * @param <T> the interface
     * @param type the interface
     * @param options the options of each call
     * @return the interface's implementation
     */
    public <T> T as(Class<T> type, CallOptions options) {
        return ProgramFunction.bind(limits(options.within(limits)), type);
    }

    /**
     * Another name for {@link #as(Class) as}, which is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     */
    public <T> T bind(Class<T> type) {
        return as(type);
    }

    /**
     * Returns the steps of a call of an interface, in words. Nothing of the program runs.
     *
     * @param type the interface
     * @return the plans, as text
     * @throws SignatureException if the interface cannot stand for a program
     */
    public String explain(Class<?> type) {
        return ProgramFunction.of(this, type).explain();
    }

    void addImports(Linker linker) {
        imports.accept(linker);
    }

    @Override
    public String toString() {
        return "program " + module.name();
    }
}
