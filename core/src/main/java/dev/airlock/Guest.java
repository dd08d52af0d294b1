package dev.airlock;

import dev.airlock.component.bind.ComponentBindings;
import dev.airlock.component.bind.ComponentImports;
import dev.airlock.error.CheckReturnValue;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.program.Program;
import dev.airlock.type.FuncType;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wit.FunctionText;
import org.jspecify.annotations.Nullable;

/**
 * A guest that was opened: compiled, and ready to be bound to Java interfaces. It is a {@link CoreGuest} or a {@link
 * ComponentGuest}; this type has what both kinds have.
 *
 * <pre>{@code
 * try (Guest guest = Airlock.open(Path.of("greeter.wasm"))) {
 *   Greeter greeter = guest.imports("env", new Host()).limits(limits).as(Greeter.class);
 *   greeter.greet("Ada");
 * }
 * }</pre>
 *
 * <p>Guests are immutable and thread-safe: {@link #imports}, {@link #wasi}, {@link #limits} and similar methods return a new guest
 * and leave this one unchanged. All share the compiled code. Closing any of them closes the instances and pools that were
 * made through all of them.
 */
@CheckReturnValue
public abstract sealed class Guest implements AutoCloseable permits CoreGuest, ComponentGuest {
    Guest() {}

    /**
     * Returns the name that errors and stack traces use: usually the file name.
     *
     * @return the name
     */
    public abstract String name();

    /**
     * Returns a guest with imports that the methods of a Java object serve.
     *
     * <p>Under a core module's convention {@code void log(String message)} serves {@code env.log(ptr, len)}. For a component
     * it serves {@code log: func(message: string)} of an imported interface: see {@link ComponentImports}.
     *
     * @param name a core module's first name of imports, such as {@code env}; a component's imported interface, such as
     *     {@code demo:kit/host}
     * @param host its methods are called by the thread that calls the guest
     * @param resources for a component: the classes of its resources that no method of {@code host} mentions
     * @return the new guest
     * @throws dev.airlock.error.SignatureException if a method does not fit the import of its name, or if {@code resources}
     *     are given to a core module, which has none
     */
    public abstract Guest imports(String name, Object host, Class<?>... resources);

    /**
     * Returns a guest with a Java object whose methods serve the imports that are not in an interface: functions and resources
     * of the component's world, and its core modules and instances. See {@link ComponentImports}.
     *
     * @param host its methods are called by the thread that calls the guest
     * @param resources the classes of the world's resources that no method of any object mentions
     * @return the new guest
     * @throws dev.airlock.error.SignatureException if a method does not fit the import of its name, if the object serves
     *     nothing, or if this is a core module, whose imports are served by {@link #imports(String, Object, Class...)}
     */
    public abstract Guest imports(Object host, Class<?>... resources);

    /**
     * Returns a guest in which each imported function that nothing serves traps when it is called.
     *
     * @return the new guest
     */
    public abstract Guest unknownImportsAsTraps();

    /**
     * Returns a guest that may reach through WASI what this context gives: arguments, environment, folders, streams and so on.
     * By default it reaches nothing.
     *
     * @param ctx what the guest may reach
     * @return the new guest
     * @throws dev.airlock.error.SignatureException if it is a component: WASI 0.2, which components use, is not supported yet
     */
    public abstract Guest wasi(WasiCtx ctx);

    /**
     * Returns a guest whose instances are subject to these limits: each run of a program, each core module, each component
     * with all that is nested in it. Without this they are {@link Limits#defaults()}.
     *
     * @param each the limits of each instance
     * @return the new guest
     */
    public abstract Guest limits(Limits each);

    /**
     * Returns a guest whose payloads are written and read by this codec instead of the installed one: those of the interface of
     * a program, and those of functions and imports of a core module, including imports given before or after this call.
     *
     * @param codec writes and reads the payloads
     * @return the new guest
     * @throws dev.airlock.error.SignatureException if no payload of this guest has the codec's format; if it is a component,
     *     which has no payloads
     */
    public abstract Guest payloads(PayloadCodec codec);

    /**
     * Returns this guest as a program, with the imports, WASI context and limits of this guest.
     *
     * @return the program
     * @throws dev.airlock.error.SignatureException if it is a library, or a component: components cannot be run as programs
     *     yet
     */
    public abstract Program program();

    /**
     * Returns this guest as a Java interface.
     *
     * <p>A library gets a new instance, and each method calls the function of its name: see {@link
     * dev.airlock.binding.Bindings#bind}, and for components {@link ComponentBindings#bind}. If the interface is {@link
     * AutoCloseable}, its {@code close()} closes that instance; an instance that is no longer reachable, through its interface or through
     * anything that came out of it, is closed automatically. A program is one method: see {@link Program#as}.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     * @throws dev.airlock.error.SignatureException with each mismatch between the interface and the guest
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public final <T> T as(Class<T> type) {
        return as(type, CallOptions.defaults());
    }

    /**
     * Does the same as {@link #as(Class)}, with options for each call of the interface and of the interfaces that it returns,
     * such as resources.
     *
     * @param <T> the interface
     * @param type the interface
     * @param options the options of each call
     * @return the interface's implementation
     */
    public abstract <T> T as(Class<T> type, CallOptions options);

    /**
     * Does the same as {@link #as(Class)}, whose name is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     */
    public final <T> T bind(Class<T> type) {
        return as(type);
    }

    /**
     * Does the same as {@link #as(Class, CallOptions)}, whose name is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @param options the options of each call
     * @return the interface's implementation
     */
    public final <T> T bind(Class<T> type, CallOptions options) {
        return as(type, options);
    }

    /**
     * Calls a function that is known only at run time, in a new instance, which is closed after the call.
     *
     * <pre>{@code
     * Object hello = guest.call("greet: func(name: string) -> string", "Ada");
     * Object sum = guest.call("add", 1, 2);
     * Object names = guest.call(
     *     """
     *     record request { name: string, num: s32 }
     *     repeat: func(request: request) -> list<string>
     *     """,
     *     Map.of("name", "Ada", "num", 2));
     * }</pre>
     *
     * @param function the function's name, if the guest's own types suffice: for components, by its whole name or a shorter
     *     one, {@code demo:kit/api.greet} or {@code greet}; for core modules, a function of numbers. Else its signature in WIT,
     *     with the types that it uses. See {@link dev.airlock.wit.FunctionText}
     * @param args plain Java values or {@link dev.airlock.type.Value}s: see {@link GuestFunction}
     * @return the result, by the same table; null if the function has none
     * @throws dev.airlock.error.WitException if the text is neither a name nor a signature
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the signature; or if it takes
     *     or returns a resource, which is usable only with its instance: call {@link #instance()} for several calls
     * @throws dev.airlock.error.ValueException for an argument that does not fit, with the path to the place
     * @throws dev.airlock.error.Trap if the guest traps; for other failures see {@link GuestFunction#call}
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public final @Nullable Object call(String function, @Nullable Object @Nullable ... args) {
        return function(function).invoke(args);
    }

    /**
     * Finds a function. Each call of it uses a new instance; finding it creates none.
     *
     * @param function its name or its signature, as for {@link #call}
     * @return the function
     * @throws dev.airlock.error.WitException if the text is neither a name nor a signature
     * @throws dev.airlock.error.SignatureException as in {@link #call}
     */
    public final GuestFunction function(String function) {
        FunctionText text = FunctionText.parse(function);
        return function(text.name(), text.type());
    }

    /**
     * Finds a function of this type. Each call of it uses a new instance.
     *
     * @param name the name of the function, without its type
     * @param type what its signature says; null if the guest's own types suffice
     * @return the function
     * @throws dev.airlock.error.SignatureException as in {@link #call}
     */
    public abstract GuestFunction function(String name, @Nullable FuncType type);

    /**
     * Explains how an interface would be bound to this guest. The text has the plan of each function: the steps by which values
     * go into the guest's memory and come back.
     *
     * <p>No code of a core module runs. A component is instantiated, with traps for imports that are not served, and closed again.
     *
     * @param type the interface
     * @return the plans, as text
     * @throws dev.airlock.error.SignatureException with each mismatch between the interface and the guest
     */
    public abstract String explain(Class<?> type);

    /**
     * Explains how a function would be called, by its plan. See {@link #explain(Class)}.
     *
     * @param function its name or its signature, as for {@link #call}
     * @return the plans, as text
     * @throws dev.airlock.error.WitException if the text is neither a name nor a signature
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the signature
     */
    public final String explain(String function) {
        FunctionText text = FunctionText.parse(function);
        return explain(text.name(), text.type());
    }

    /**
     * Explains how a function of this type would be called. See {@link #explain(Class)}.
     *
     * @param name the name of the function, without its type
     * @param type what its signature says; null if the guest's own types suffice
     * @return the plans, as text
     * @throws dev.airlock.error.SignatureException if there is no such function, or it does not fit the type
     */
    public abstract String explain(String name, @Nullable FuncType type);

    /**
     * Returns a new instance that only the caller uses: to bind several interfaces to one state, to capture that state, and to
     * reset the instance to it.
     *
     * <p>For a program, {@code _start} is not called: it is a function like others, and interfaces are bound to exports.
     *
     * @return the instance; the caller closes it
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract GuestInstance instance();

    /**
     * Returns a new instance that starts from a snapshot of another one, and that can be {@linkplain GuestInstance#reset()
     * reset} to it.
     *
     * <p>The guest of the snapshot may have had other imports and limits; those of this guest are used.
     *
     * @param snapshot the state that the instance starts from
     * @return the instance; the caller closes it
     * @throws IllegalArgumentException if the snapshot is of another guest
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract GuestInstance instance(GuestSnapshot snapshot);

    /**
     * Returns a pool of instances of this guest, for many threads at once. Each call borrows an instance, which is reset
     * afterwards. {@link Pool#as} returns the interface.
     *
     * <p>A program needs no pool: each call of its interface runs in a new instance.
     *
     * @param options the size of the pool and its other options
     * @return the pool; the caller closes it
     * @throws dev.airlock.error.SignatureException if it is a program
     * @throws dev.airlock.error.InstanceStateException if the state of an instance cannot be captured; the message says why
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public abstract Pool pooled(PoolOptions options);

    /** Closes all instances and pools that were made. */
    @Override
    public abstract void close();

    @Override
    public final String toString() {
        return "guest " + name();
    }
}
