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
 * A compiled WASI command. A program is immutable and thread-safe: each run has a new instance, and no run sees
 * any state of another.
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
 * <p>If its runs are short, a program keeps the arrays of a few memories for later runs. Create it once and reuse it.
 */
@CheckReturnValue
public final class Program {
    private final Command command;
    private final WasiCtx wasi;
    private final Limits limits;
    private final @Nullable PayloadCodec payloads;

    private Program(Command command, WasiCtx wasi, Limits limits, @Nullable PayloadCodec payloads) {
        this.command = command;
        this.wasi = wasi;
        this.limits = limits;
        this.payloads = payloads;
    }

    /**
     * Returns a module as a program.
     *
     * @param module a command of WASI preview 1
     * @return the new program
     * @throws SignatureException if it is not a command: if it exports no {@code _start}
     */
    public static Program of(Module module) {
        return of(module, linker -> {});
    }

    /**
     * Returns a module as a program with imports in addition to WASI.
     *
     * @param module a command of WASI preview 1
     * @param imports called before each run, with the linker of that run. A function defined here must not use a memory after
     *     the end of the run, when it may be empty
     * @return the new program
     * @throws SignatureException if it is not a command: if it exports no {@code _start}
     */
    public static Program of(Module module, Consumer<Linker> imports) {
        return new Program(new ModuleCommand(module, imports), WasiCtx.builder().build(), Limits.defaults(), null);
    }

    /**
     * Returns a program whose runs are subject to these limits, unless {@link Invocation#limits} sets others.
     *
     * @param each the limits of each run
     * @return the new program
     */
    public Program limits(Limits each) {
        return new Program(command, wasi, Objects.requireNonNull(each, "each"), payloads);
    }

    /**
     * Returns a program whose runs get this context: each {@linkplain #invocation() invocation} starts with it and may add to it.
     *
     * <p>All runs use the standard streams of the context, unless the invocation sets others, or a typed interface uses them:
     * see {@link #as}.
     *
     * @param ctx what the program may reach
     * @return the new program
     */
    public Program wasi(WasiCtx ctx) {
        return new Program(command, Objects.requireNonNull(ctx, "ctx"), limits, payloads);
    }

    WasiCtx wasi() {
        return wasi;
    }

    /**
     * Returns a program whose typed interfaces write and read payloads by this codec, instead of the installed one for JSON. It
     * may have any format that the program reads and writes.
     *
     * @param codec writes and reads the payloads
     * @return the new program
     */
    public Program payloads(PayloadCodec codec) {
        return new Program(command, wasi, limits, Objects.requireNonNull(codec, "codec"));
    }

    @Nullable
    PayloadCodec payloads() {
        return payloads;
    }

    Limits limits() {
        return limits;
    }

    Command command() {
        return command;
    }

    /**
     * Returns the name of the guest, as in errors.
     *
     * @return the name
     */
    public String name() {
        return command.name();
    }

    /**
     * Returns a run to set up; {@link Invocation#run()} runs it.
     *
     * @return a new invocation
     */
    public Invocation invocation() {
        return new Invocation(this);
    }

    /**
     * Returns this program as a Java interface with one method. The parameter of the method goes to standard input, and its
     * result comes from standard output.
     *
     * <p>A {@code byte[]}, {@code String} or {@code InputStream} is passed unchanged; a {@code byte[]} or {@code String} is returned
     * unchanged; a {@link ProgramResult} is the result of {@link Invocation#run()}. All other types are written and read by the
     * {@link PayloadCodec} that is {@linkplain #payloads set}, or else by the installed one: JSON, with {@code airlock-json}. A
     * method without a parameter passes the standard input of the {@linkplain #wasi context}, or an empty one. A method without
     * a result leaves standard output to the context, or ignores it. Standard error goes to that of the context, if it has one,
     * and otherwise into the text of errors. Arguments, environment and folders are those of the context.
     *
     * <p>Unless the result is a {@link ProgramResult}, the method throws a {@link dev.airlock.error.ProgramException} for an exit
     * code other than 0, and for an output that does not fit the result.
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
     * Does the same as {@link #as(Class)}, with options for each call. Here a call is a whole run, including the creation of the
     * instance.
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
     * Does the same as {@link #as(Class) as}, whose name is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     */
    public <T> T bind(Class<T> type) {
        return as(type);
    }

    /**
     * Returns the steps of a call of an interface, as text. The program does not run.
     *
     * @param type the interface
     * @return the steps, one on each line
     * @throws SignatureException if the interface cannot stand for a program
     */
    public String explain(Class<?> type) {
        return ProgramFunction.of(this, type).explain();
    }

    @Override
    public String toString() {
        return "program " + command.name();
    }
}
