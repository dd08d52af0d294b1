package dev.airlock.engine;

import dev.airlock.codegen.Generated;
import dev.airlock.limit.CallOptions;
import dev.airlock.memory.Memory;
import dev.airlock.memory.StaticMemory;
import dev.airlock.type.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way into instances for generated code: public for the room {@code binding} alone; no program should use it.
 *
 * <p>Handles here take the instance as their first parameter, an {@code Object}, so that they can stand in code that does
 * not know it. What is made for a module is made once and shared by its instances.
 */
public final class Entry {
    private static final MethodHandle MEMORY;
    private static final MethodHandle CLOSE;
    private static final MethodHandle CALLER_OF;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MEMORY = lookup.findStatic(Entry.class, "memoryOf", MethodType.methodType(Memory.class, Object.class));
            CALLER_OF = lookup.findStatic(Entry.class, "callerOf", MethodType.methodType(Caller.class, Object.class));
            CLOSE = lookup.findVirtual(Instance.class, "close", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Entry() {}

    /**
     * {@code (Object instance, P...) -> R}: an exported function, for who has entered the instance already.
     *
     * @param module the compiled module
     * @param export the name of the export
     * @return the handle
     */
    public static MethodHandle inside(Module module, String export) {
        return FuncCompiler.inside(module, module.functionIndex(export));
    }

    /**
     * {@code (Object instance) -> Memory}: the first memory, by which pointers are meant.
     *
     * @return the handle
     */
    public static MethodHandle memory() {
        return MEMORY;
    }

    /**
     * Has options hold for the calls of an instance from now on, until others are given.
     *
     * @param instance the instance
     * @param options the options of the calls
     * @throws dev.airlock.error.InstanceStateException if a thread is in it, or it can no longer be entered
     */
    public static void heed(Instance instance, CallOptions options) {
        instance.gate().heed(options);
    }

    /**
     * What the host holds for an instance.
     *
     * @param instance the instance
     * @return what the host holds for an instance
     */
    public static Holdings holdings(Instance instance) {
        return instance.holdings();
    }

    /**
     * {@code (Object instance)}: {@link Instance#close}.
     *
     * @return the handle
     */
    public static MethodHandle close() {
        return CLOSE;
    }

    /**
     * Returns whether an instance can no longer be entered.
     *
     * @param instance the instance
     * @return true after a trap, an exit, a limit or a close
     */
    public static boolean isShut(Instance instance) {
        return instance.gate().isShut();
    }

    static Memory memoryOf(Object instance) {
        return ((Instance) instance).firstMemoryView();
    }

    /**
     * Puts the gate around a way into an instance: who calls enters, and leaves with failures translated. A
     * {@link dev.airlock.error.ValueException} is not the guest's and leaves it as it is.
     *
     * @param inside the handle that runs inside of the gate
     * @param function the export's name, for the flight recorder
     * @return the handle with the gate around it
     */
    public static MethodHandle gated(MethodHandle inside, String function) {
        MethodHandle gated = FuncCompiler.gated(inside, TraceText.shown(function));
        return gated.asType(gated.type().changeParameterType(0, Object.class));
    }

    /**
     * Makes something for a module, once.
     *
     * @param module the compiled module
     * @param key what the result belongs to
     * @param maker makes it
     * @return the result; the same for each call with this module and key
     */
    public static MethodHandle once(Module module, Object key, Supplier<MethodHandle> maker) {
        return FuncCompiler.once(module, key, maker);
    }

    /**
     * A method of an interface, and the handle that it is to be.
     *
     * @param type as the interface erases it
     * @param handle takes an instance first
     */
    public record Method(String name, MethodType type, MethodHandle handle) {}

    /**
     * {@code (Object instance) -> Object}: makes implementations of an interface, which may be private.
     *
     * @param type the interface to implement
     * @param methods the methods, each with its handle
     * @return makes an implementation around an object
     */
    public static MethodHandle implementing(Class<?> type, List<Method> methods) {
        return Generated.implementing(
                type,
                methods.stream()
                        .map(m -> new Generated.Implementation(m.name(), m.type(), m.handle()))
                        .toList());
    }

    /**
     * What an object that was made by {@link #implementing} is around; null for any other object.
     *
     * @param implementation the object
     * @return what an object that was made by {@link #implementing} is around
     */
    public static @Nullable Object targetOf(Object implementation) {
        return Generated.target(implementation);
    }

    /**
     * Returns a method of hosts' objects, which takes the object first.
     *
     * @param method the method
     * @return the handle
     */
    public static MethodHandle methodOf(java.lang.reflect.Method method) {
        return HostCode.accessible(method);
    }

    /**
     * Returns a method of a host's object, bound to it.
     *
     * @param host the object whose methods serve the imports
     * @param method the method
     * @return a method of a host's object, bound to it
     */
    public static MethodHandle methodOf(Object host, java.lang.reflect.Method method) {
        return HostCode.accessible(method).bindTo(host);
    }

    /**
     * Returns the same for one whose first parameter is a {@link Caller}: {@code (Object instance, P...) -> R}.
     *
     * @param host the object whose methods serve the imports
     * @param method the method
     * @return the same for one whose first parameter is a {@link Caller}
     */
    public static MethodHandle methodWithCaller(Object host, java.lang.reflect.Method method) {
        return MethodHandles.filterArguments(methodOf(host, method), 0, CALLER_OF);
    }

    /**
     * Returns a host function from a handle that takes the calling instance first: {@code (Object instance, P...) -> R}, with the
     * carriers of a type that {@linkplain #isNumeric has numbers only}.
     *
     * @param serving the handle
     * @param type the core type of the function
     * @return the host function
     */
    public static HostCall hostCall(MethodHandle serving, CoreFuncType type) {
        return HostCode.ofServing(serving, type);
    }

    static Caller callerOf(Object instance) {
        return ((Instance) instance).caller();
    }

    /**
     * Returns the value of an exported i32 global if it is a constant of the module, known before there is an instance.
     *
     * @param module the compiled module
     * @param name the name of an exported global
     * @return the value of an exported i32 global
     */
    public static OptionalInt constant(Module module, String name) {
        return StaticData.constant(module, name);
    }

    /**
     * Returns what a module's active data segments put into a range of its first memory, zero where they leave gaps; null
     * if none of them reaches into it.
     *
     * @param module the compiled module
     * @param offset the offset in the memory, in bytes, unsigned
     * @param length the number of bytes
     * @return what a module's active data segments put into a range of its first memory
     */
    public static byte @Nullable [] staticBytes(Module module, int offset, int length) {
        return StaticData.bytes(module, offset, length);
    }

    /**
     * Returns where a module's active data segments lie in its first memory.
     *
     * @param module the compiled module
     * @return where a module's active data segments lie in its first memory
     */
    public static StaticMemory staticMemory(Module module) {
        return StaticData.of(module).memory();
    }

    /**
     * Returns where a module's shadow stack starts, to grow downwards, with its heap above; empty if that is not known.
     *
     * @param module the compiled module
     * @return where a module's shadow stack starts, to grow downwards, with its heap above
     */
    public static OptionalInt stackTop(Module module) {
        return StaticData.of(module).stackTop();
    }

    /**
     * Returns the value of an exported i32 global.
     *
     * @param instance the instance
     * @param name the name of an exported global
     * @return the value of an exported i32 global
     */
    public static int globalValue(Instance instance, String name) {
        return instance.global(name).getInt();
    }

    /**
     * Returns whether a type has numbers only, so that a {@link HostCall} can have it.
     *
     * @param type the core type
     * @return false if a parameter or result is a reference
     */
    public static boolean isNumeric(CoreFuncType type) {
        return type.isNumeric();
    }
}
