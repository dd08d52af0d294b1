package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.SignatureException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of an instance (core specification, section 4.2.6).
 *
 * <pre>{@code
 * IntBinaryOperator add = instance.function("add").typed(IntBinaryOperator.class); // checked once
 * int sum = add.applyAsInt(1, 2);
 *
 * long[] results = instance.function("add").call(1, 2); // raw bits
 * List<Object> made = instance.function("make").invoke(1, 2.5, null); // boxes and references
 * }</pre>
 *
 * <p>{@link #typed} returns a Java functional interface with the function's own types; its calls need no box and no array.
 * {@link #call} takes and returns raw bits, and {@link #invoke} objects, for tools that learn a function's type only while they
 * run.
 *
 * <p>A function is also a reference, which guests know as {@code funcref}. Wherever it travels, through globals, tables, structs,
 * hosts and other instances, it stays the function of its instance, and a call counts for the limits of that.
 */
public final class Func {
    private final Instance instance;
    private final int index;
    private final String name;
    private final CoreFuncType type;

    /** How {@link #call} gets there; made at the first call. */
    private @Nullable MethodHandle direct;

    private @Nullable ArrayCall byArrays;
    private @Nullable MethodHandle byBoxes;

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
     * <p>The interface's one abstract method has {@code int} for i32, {@code long} for i64, {@code float} for f32, {@code double}
     * for f64 and {@link dev.airlock.type.V128} for v128. For references, see {@link #invoke}; a supertype of the class that stands
     * there does as well. Several results come as raw bits in one {@code long[]}; if vectors or references are among them, in one
     * {@code Object[]}. The interface may be private.
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
     * @throws SignatureException if the number of arguments is wrong, or the function's type has vectors or references in it
     * @throws dev.airlock.error.Trap if the guest traps
     */
    public long[] call(long... args) {
        checkCount(args.length);
        if (!type.isNumeric()) {
            throw new SignatureException("function \"" + name + "\" of "
                    + instance.module().name()
                    + " has vectors or references in its type, so it is called by typed() or invoke(): "
                    + type);
        }
        int before = instance.enter();
        RecordedCall recorded = null;
        try {
            recorded = RecordedCall.into(instance, name);
            return byArrays().call(direct(), instance.state(), args);
        } catch (Throwable e) {
            throw Handles.sneaky(instance.leave(e, before));
        } finally {
            if (recorded != null) {
                recorded.end();
            }
            instance.exit(before);
        }
    }

    /**
     * Calls with objects, for any type of function.
     *
     * <table>
     *   <caption>Which objects stand for values</caption>
     *   <tr><th>i32, i64, f32, f64</th><td>Integer, Long, Float, Double</td></tr>
     *   <tr><th>v128</th><td>{@link dev.airlock.type.V128}</td></tr>
     *   <tr><th>externref</th><td>any object; a {@link Ref} is what a guest made, by {@code extern.convert_any}</td></tr>
     *   <tr><th>anyref, eqref</th><td>{@link Ref}</td></tr>
     *   <tr><th>i31ref</th><td>{@link I31}</td></tr>
     *   <tr><th>structref, types of structs</th><td>{@link StructRef}</td></tr>
     *   <tr><th>arrayref, types of arrays</th><td>{@link ArrayRef}</td></tr>
     *   <tr><th>funcref, types of functions</th><td>{@link Func}</td></tr>
     *   <tr><th>exnref</th><td>{@link dev.airlock.error.WasmException}</td></tr>
     *   <tr><th>null references</th><td>null</td></tr>
     * </table>
     *
     * @param args the arguments, one for each parameter
     * @return one for each result; cannot be changed
     * @throws SignatureException if there are too many or too few arguments, or one does not have the type of its parameter
     * @throws dev.airlock.error.Trap if the guest traps
     */
    public List<@Nullable Object> invoke(@Nullable Object... args) {
        checkCount(args.length);
        String place = "of function \"" + name + "\"";
        boolean isWide = shape().isWide();
        // Checked before the guest is entered: what does not fit is no failure of the guest.
        @Nullable Object[] checked = slots(args, place);
        @Nullable Object[] slots = isWide ? new Object[0] : checked;
        int before = instance.enter();
        RecordedCall recorded = null;
        try {
            recorded = RecordedCall.into(instance, name);
            if (isWide) {
                Spilled.pass(type.params(), args, place, instance.state());
            }
            @Nullable Object[] results = (Object[]) byBoxes().invokeExact(direct(), slots, instance.state());
            return toHost(results);
        } catch (Throwable e) {
            throw Handles.sneaky(instance.leave(e, before));
        } finally {
            if (recorded != null) {
                recorded.end();
            }
            instance.exit(before);
        }
    }

    /** Returns the arguments as guests have them, a vector as two. */
    private @Nullable Object[] slots(@Nullable Object[] args, String place) {
        List<@Nullable Object> slots = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            FieldType param = ApiTypes.field(type.params().get(i), false);
            String what = "argument " + (i + 1) + " " + place;
            if (BoxedValues.isReference(param)) {
                slots.add(BoxedValues.toGuest(args[i], param, what));
                continue;
            }
            long low = BoxedValues.low(args[i], param, what);
            if (BoxedValues.isVector(param)) {
                slots.add(low);
                slots.add(BoxedValues.high(args[i]));
            } else {
                slots.add(args[i]);
            }
        }
        return slots.toArray();
    }

    private List<@Nullable Object> toHost(@Nullable Object[] results) {
        for (int i = 0; i < results.length; i++) {
            CoreValType result = type.results().get(i);
            if (result.isReference()) {
                results[i] = BoxedValues.toHost(results[i], ApiTypes.field(result, false));
            }
        }
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    private CallShape shape() {
        return instance.module().callShape(index);
    }

    private MethodHandle byBoxes() {
        MethodHandle known = byBoxes;
        if (known == null) {
            known = FuncCompiler.byBoxes(instance.module(), shape());
            byBoxes = known;
        }
        return known;
    }

    private void checkCount(int args) {
        if (args != type.params().size()) {
            throw new SignatureException("function \"" + name + "\" of "
                    + instance.module().name() + " takes " + type.params().size() + " arguments, not " + args + ": "
                    + type);
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

    private ArrayCall byArrays() {
        ArrayCall known = byArrays;
        if (known == null) {
            known = GuestEntries.byArrays(instance.module(), shape());
            byArrays = known;
        }
        return known;
    }

    /** Returns the reference to it, to put into tables or to give to guests. */
    FuncRef reference() {
        return instance.state().function(index);
    }

    /** Equal if both are one function of one instance, wherever the host got it from. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Func function && (function == this || function.reference() == reference());
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(reference());
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
