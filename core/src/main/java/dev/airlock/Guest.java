package dev.airlock;

import dev.airlock.binding.Bindings;
import dev.airlock.component.Component;
import dev.airlock.component.ComponentBindings;
import dev.airlock.convention.Convention;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.wasi.WasiCtx;
import java.util.function.Consumer;

/**
 * A guest that was opened: compiled, and ready to be bound to Java interfaces. It is a core module or a component; what
 * only one of them has is refused by the other with a {@link SignatureException}.
 *
 * <p>What is said of it ({@link #convention}, {@link #imports}, {@link #wasi}, {@link #limits}) gives a guest of which that is said; the one
 * before is as it was. All of them share the compiled code. Closing any closes the instances that were made through all.
 */
public abstract sealed class Guest implements AutoCloseable permits CoreGuest, ComponentGuest {
    Guest() {}

    /** Whether it is a component, which describes itself in WIT, and not a core module. */
    public abstract boolean isComponent();

    /** What it was compiled to, if it is a core module. */
    public abstract Module module();

    /** What it was compiled to, if it is a component. */
    public abstract Component component();

    /** Which convention a core module follows, and why. */
    public abstract Detection detection();

    /** The same core module by a convention that is chosen, not detected. */
    public abstract Guest convention(Convention convention);

    /**
     * The same guest with imports that the methods of a Java object serve.
     *
     * <p>Under a core module's convention {@code void log(String message)} serves {@code env.log(ptr, len)}. For a component
     * it serves {@code log: func(message: string)} of an imported interface: see {@link ComponentBindings#serve}.
     *
     * @param name a core module's first name of imports, such as {@code env}; a component's imported interface, such as
     *     {@code demo:kit/host}
     * @param host its methods are called by the thread that calls the guest
     * @throws SignatureException if a method does not fit the import of its name
     */
    public abstract Guest imports(String name, Object host);

    /** The same guest, where each function that it imports and nobody serves traps when it is called. */
    public abstract Guest unknownImportsAsTraps();

    /** The same core module with imports that are defined one level below, offsets and all. */
    public abstract Guest linking(Consumer<Linker> definitions);

    /** The same core module with what it may reach of the world. Without this it is given nothing. */
    public abstract Guest wasi(WasiCtx ctx);

    /**
     * The same guest, each instance of which may take so much: a run of a program, a core module, or a component with all that
     * is nested in it. Without this they are {@link Limits#defaults()}.
     */
    public abstract Guest limits(Limits each);

    /**
     * This guest as a program.
     *
     * @throws SignatureException if it is none
     */
    public abstract Program program();

    /**
     * A new instance of this core module, with its imports.
     *
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract Instance instantiate();

    /**
     * This guest as a Java interface.
     *
     * <p>A library gets a new instance, and each method calls the function of its name: see {@link Bindings#bind}, and for
     * components {@link ComponentBindings#bind}. If the interface is {@link AutoCloseable}, its {@code close()} closes that
     * instance. A program is one method: see {@link Program#as}.
     *
     * @throws SignatureException with all that does not fit, on both sides
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract <T> T as(Class<T> type);

    /**
     * This guest for many threads at once: a pool of instances with what was said of the guest so far, each of which is
     * borrowed for a call and put back to where it started after it. {@link Pool#as} gives the interface.
     *
     * <p>A program needs none: each call of its interface has an instance of its own.
     *
     * @throws SignatureException if it is a program
     * @throws dev.airlock.error.InstanceStateException if the state of an instance cannot be captured, and why
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract Pool pooled(PoolOptions options);

    /** Closes all instances and pools that were made. */
    @Override
    public abstract void close();
}
