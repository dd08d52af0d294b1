package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A function of an instance (core specification, section 4.2.6).
 *
 * <pre>{@code
 * IntBinaryOperator add = instance.function("add").typed(IntBinaryOperator.class); // checked once
 * int sum = add.applyAsInt(1, 2);
 *
 * long[] results = instance.function("add").call(new long[] {1, 2}); // raw bits
 * }</pre>
 *
 * <p>{@link #typed} returns a Java functional interface with the function's own types; its calls need no box and no array.
 * {@link #call} takes and returns raw bits, for tools that learn a function's type only while they run.
 */
public final class Func {
    private final Instance instance;
    private final int index;
    private final String name;
    private final CoreFuncType type;

    /** How {@link #call} gets there; made at the first call. */
    private @Nullable MethodHandle direct;

    private @Nullable MethodHandle byArrays;

    Func(Instance instance, int index, String name, CoreFuncType type) {
        this.instance = instance;
        this.index = index;
        this.name = name;
        this.type = type;
    }

    /** Returns a function of which there is a reference only; its name is that in its module. */
    static Func of(FuncRef function) {
        Instance instance = Compartment.instanceOf(function);
        Module module = instance.module();
        int index = function.index;
        return new Func(instance, index, module.functionName(index), module.functionType(index));
    }

    /**
     * Returns its parameters and results.
     *
     * @return the parameters and results
     */
    public CoreFuncType type() {
        return type;
    }

    /**
     * Returns the name of its export; for a function out of a table, its name in the module.
     *
     * @return the name of its export
     */
    public String name() {
        return name;
    }

    /**
     * Returns the instance that it belongs to.
     *
     * @return the instance whose function this is
     */
    public Instance instance() {
        return instance;
    }

    /**
     * This function as a functional interface, as in {@code func.typed(IntBinaryOperator.class)}.
     *
     * <p>The interface's one abstract method has {@code int} for i32, {@code long} for i64, {@code float} for f32,
     * {@code double} for f64 and {@code Object} for externref. Several results come as raw bits in one {@code long[]};
     * where an externref is among them, as boxes in one {@code Object[]}. The interface may be private.
     *
     * <p>Calls may throw {@link dev.airlock.error.Trap}, {@link dev.airlock.error.ExitException},
     * {@link dev.airlock.error.LimitException} and {@link dev.airlock.error.InstanceStateException}.
     *
     * @param <T> the interface
     * @param shape the interface with one method, whose parameters and result give the core type
     * @return an implementation that calls this function
     * @throws SignatureException if the interface does not fit, with both types
     */
    public <T> T typed(Class<T> shape) {
        Method method = Signatures.functionOf(shape);
        Signatures.check(
                method, "function \"" + name + "\" of " + instance.module().name(), type);
        MethodHandle constructor = FuncCompiler.implementation(instance.module(), index, shape, method);
        try {
            return shape.cast((Object) constructor.invokeExact((Object) instance));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a generated class cannot be made", e);
        }
    }

    /**
     * Calls with raw bits: an i32 in the low half of a {@code long}, an f32 by {@link Float#floatToRawIntBits}, an f64
     * by {@link Double#doubleToRawLongBits}.
     *
     * @param args the arguments, one for each parameter; floats as their bits
     * @return one for each result
     * @throws SignatureException if the number of arguments is wrong, or the function's type has references in it
     * @throws dev.airlock.error.Trap if the guest traps
     */
    public long[] call(long... args) {
        if (args.length != type.params().size()) {
            throw new SignatureException("function \"" + name + "\" of "
                    + instance.module().name() + " takes " + type.params().size() + " arguments, not " + args.length
                    + ": " + type);
        }
        if (!type.isNumeric()) {
            throw new SignatureException("function \"" + name + "\" of "
                    + instance.module().name() + " has references in its type, so it is called by typed(): " + type);
        }
        int before = instance.enter();
        RecordedCall recorded = null;
        try {
            recorded = RecordedCall.into(instance, name);
            return (long[]) byArrays().invokeExact(direct(), instance.state(), args);
        } catch (Throwable e) {
            throw Handles.sneaky(instance.leave(e, before));
        } finally {
            if (recorded != null) {
                recorded.end();
            }
            instance.exit(before);
        }
    }

    private MethodHandle direct() {
        MethodHandle known = direct;
        if (known == null) {
            known = FuncCompiler.direct(instance.module(), index, instance.isTracked());
            direct = known;
        }
        return known;
    }

    private MethodHandle byArrays() {
        MethodHandle known = byArrays;
        if (known == null) {
            known = GuestEntries.byArrays(instance.module(), instance.module().callShape(index));
            byArrays = known;
        }
        return known;
    }

    /** Returns the reference to it, to put into tables or to give to guests. */
    FuncRef reference() {
        return instance.state().function(index);
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
