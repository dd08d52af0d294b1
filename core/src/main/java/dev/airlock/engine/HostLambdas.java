package dev.airlock.engine;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/**
 * Host functions from lambdas: one overload for each shape, so that the types of a lambda's parameters choose it.
 *
 * <p>Write the parameters' types: {@code (Caller caller, int offset) -> …}, {@code (long a, long b) -> a * b}. All of
 * them define the function under its two names and give back the linker.
 */
public abstract sealed class HostLambdas permits Linker {
    HostLambdas() {}

    /**
     * Defines a function of the shape of a functional interface.
     *
     * @param <T> the interface
     * @param module the module name of the import
     * @param name the name of the import
     * @param shape the interface with one method, whose parameters and result give the core type
     * @param function called when a guest calls the import
     * @return this linker
     */
    public abstract <T> Linker function(String module, String name, Class<T> shape, T function);

    /**
     * Defines a function of type {@code ()}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Runnable function) {
        return function(module, name, Runnable.class, function);
    }

    /**
     * Defines a function of type {@code () -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntSupplier function) {
        return function(module, name, IntSupplier.class, function);
    }

    /**
     * Defines a function of type {@code () -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongSupplier function) {
        return function(module, name, LongSupplier.class, function);
    }

    /**
     * Defines a function of type {@code () -> f64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleSupplier function) {
        return function(module, name, DoubleSupplier.class, function);
    }

    /**
     * Defines a function of type {@code (i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntConsumer function) {
        return function(module, name, IntConsumer.class, function);
    }

    /**
     * Defines a function of type {@code (i64)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongConsumer function) {
        return function(module, name, LongConsumer.class, function);
    }

    /**
     * Defines a function of type {@code (f64)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleConsumer function) {
        return function(module, name, DoubleConsumer.class, function);
    }

    /**
     * Defines a function of type {@code (i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntUnaryOperator function) {
        return function(module, name, IntUnaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntToLongFunction function) {
        return function(module, name, IntToLongFunction.class, function);
    }

    /**
     * Defines a function of type {@code (i32) -> f64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntToDoubleFunction function) {
        return function(module, name, IntToDoubleFunction.class, function);
    }

    /**
     * Defines a function of type {@code (i64) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongUnaryOperator function) {
        return function(module, name, LongUnaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (i64) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongToIntFunction function) {
        return function(module, name, LongToIntFunction.class, function);
    }

    /**
     * Defines a function of type {@code (i64) -> f64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongToDoubleFunction function) {
        return function(module, name, LongToDoubleFunction.class, function);
    }

    /**
     * Defines a function of type {@code (f64) -> f64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleUnaryOperator function) {
        return function(module, name, DoubleUnaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (f64) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleToIntFunction function) {
        return function(module, name, DoubleToIntFunction.class, function);
    }

    /**
     * Defines a function of type {@code (f64) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleToLongFunction function) {
        return function(module, name, DoubleToLongFunction.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, IntBinaryOperator function) {
        return function(module, name, IntBinaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (i64, i64) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, LongBinaryOperator function) {
        return function(module, name, LongBinaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (f64, f64) -> f64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, DoubleBinaryOperator function) {
        return function(module, name, DoubleBinaryOperator.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Void2 function) {
        return function(module, name, Host.Void2.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Void3 function) {
        return function(module, name, Host.Void3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Void4 function) {
        return function(module, name, Host.Void4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Void5 function) {
        return function(module, name, Host.Void5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Void6 function) {
        return function(module, name, Host.Void6.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Int3 function) {
        return function(module, name, Host.Int3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Int4 function) {
        return function(module, name, Host.Int4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Int5 function) {
        return function(module, name, Host.Int5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Int6 function) {
        return function(module, name, Host.Int6.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Long2 function) {
        return function(module, name, Host.Long2.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Long3 function) {
        return function(module, name, Host.Long3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Long4 function) {
        return function(module, name, Host.Long4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Long5 function) {
        return function(module, name, Host.Long5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.Long6 function) {
        return function(module, name, Host.Long6.class, function);
    }

    /**
     * Defines a function of type {@code ()}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid0 function) {
        return function(module, name, Host.CallerVoid0.class, function);
    }

    /**
     * Defines a function of type {@code (i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid1 function) {
        return function(module, name, Host.CallerVoid1.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid2 function) {
        return function(module, name, Host.CallerVoid2.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid3 function) {
        return function(module, name, Host.CallerVoid3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid4 function) {
        return function(module, name, Host.CallerVoid4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid5 function) {
        return function(module, name, Host.CallerVoid5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32)}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerVoid6 function) {
        return function(module, name, Host.CallerVoid6.class, function);
    }

    /**
     * Defines a function of type {@code () -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt0 function) {
        return function(module, name, Host.CallerInt0.class, function);
    }

    /**
     * Defines a function of type {@code (i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt1 function) {
        return function(module, name, Host.CallerInt1.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt2 function) {
        return function(module, name, Host.CallerInt2.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt3 function) {
        return function(module, name, Host.CallerInt3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt4 function) {
        return function(module, name, Host.CallerInt4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt5 function) {
        return function(module, name, Host.CallerInt5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32) -> i32}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerInt6 function) {
        return function(module, name, Host.CallerInt6.class, function);
    }

    /**
     * Defines a function of type {@code () -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong0 function) {
        return function(module, name, Host.CallerLong0.class, function);
    }

    /**
     * Defines a function of type {@code (i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong1 function) {
        return function(module, name, Host.CallerLong1.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong2 function) {
        return function(module, name, Host.CallerLong2.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong3 function) {
        return function(module, name, Host.CallerLong3.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong4 function) {
        return function(module, name, Host.CallerLong4.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong5 function) {
        return function(module, name, Host.CallerLong5.class, function);
    }

    /**
     * Defines a function of type {@code (i32, i32, i32, i32, i32, i32) -> i64}.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param function called when a guest calls the import
     * @return this linker
     */
    public final Linker function(String module, String name, Host.CallerLong6 function) {
        return function(module, name, Host.CallerLong6.class, function);
    }
}
