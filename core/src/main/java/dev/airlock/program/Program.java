package dev.airlock.program;

import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A WASI command, compiled. Immutable and thread-safe; each run has an instance of its own, and nothing of one run is seen by
 * another.
 *
 * <p>Where runs are short, it keeps the arrays of a few memories for the next runs: keep a program rather than make it anew.
 */
public final class Program {
    private final Module module;
    private final FreshInstances instances;
    private final Consumer<Linker> imports;
    private final Limits limits;

    private Program(Module module, FreshInstances instances, Consumer<Linker> imports, Limits limits) {
        this.module = module;
        this.instances = instances;
        this.imports = imports;
        this.limits = limits;
    }

    /**
     * A module as a program.
     *
     * @throws SignatureException if it is no command: if it has no {@code _start}
     */
    public static Program of(Module module) {
        return of(module, linker -> {});
    }

    /**
     * A module as a program that is given more than WASI.
     *
     * @param imports called before each run, with the linker of that run; a memory that a function defined here keeps is
     *     not to be used once the run has ended, and may be empty then
     * @throws SignatureException if it is no command: if it has no {@code _start}
     */
    public static Program of(Module module, Consumer<Linker> imports) {
        if (!module.isCommand()) {
            throw new SignatureException(module.name()
                    + " is no program: it exports no function _start without parameters and results;"
                    + " a library is instantiated, and its functions are called");
        }
        return new Program(
                module, new FreshInstances(module), Objects.requireNonNull(imports, "imports"), Limits.defaults());
    }

    /** The same program, of which each run may take so much unless {@link Invocation#limits} says otherwise. */
    public Program limits(Limits each) {
        return new Program(module, instances, imports, Objects.requireNonNull(each, "each"));
    }

    Limits limits() {
        return limits;
    }

    FreshInstances instances() {
        return instances;
    }

    /** What it is compiled from. */
    public Module module() {
        return module;
    }

    /** A run to be set up; {@link Invocation#run()} runs it. */
    public Invocation invocation() {
        return new Invocation(this);
    }

    /**
     * This program as a Java interface with one method: its parameter goes to standard input, its result comes from
     * standard output.
     *
     * <p>{@code byte[]}, {@code String} and {@code InputStream} go in as they are, {@code byte[]} and {@code String}
     * come out as they are, and {@link ProgramResult} gives all there is. Any other type crosses by the
     * {@link dev.airlock.abi.PayloadCodec} that is installed: JSON, with {@code airlock-json}. A method without a
     * parameter gives an empty standard input; one without a result ignores standard output.
     *
     * <p>Unless the result is a {@link ProgramResult}, an exit code other than 0 is a
     * {@link dev.airlock.error.ProgramException}, and so is an output that does not fit the result.
     *
     * @throws SignatureException if the interface cannot stand for a program
     */
    public <T> T as(Class<T> type) {
        return ProgramFunction.bind(this, type);
    }

    void addImports(Linker linker) {
        imports.accept(linker);
    }

    @Override
    public String toString() {
        return "program " + module.name();
    }
}
