package dev.airlock;

import dev.airlock.binding.JavaValues;
import dev.airlock.error.ValueException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function of a guest that was found at run time, by its name or its signature: for tools and scripts, which have no Java
 * interface for it. It works the same for core modules and components.
 *
 * <pre>{@code
 * GuestFunction greet = instance.function("greet: func(name: string) -> string");
 * Object hello = greet.invoke("Ada");             // plain Java values: see JavaValues
 * Value same = greet.call(List.of(new Text("Ada"))); // values of the function's own types
 * }</pre>
 *
 * <p>A function of {@link GuestInstance#function(String)} may be used by one thread at a time, like its instance. A function of
 * {@link Guest#function(String)} uses a new instance for each call, and may be called by any number of threads.
 */
public final class GuestFunction {
    /** What a call does. */
    interface Call {
        @Nullable
        Value call(List<? extends Value> args);
    }

    private final String name;
    private final FuncType type;
    private final @Nullable CoreFuncType numbers;
    private final Call call;

    /** @param numbers the core type, if nothing else is known of the function */
    GuestFunction(String name, FuncType type, @Nullable CoreFuncType numbers, Call call) {
        this.name = name;
        this.type = type;
        this.numbers = numbers;
        this.call = call;
    }

    /**
     * Returns the name that it is exported by; with its interface, {@code demo:kit/api@1.0.0#greet}, if it is in one.
     *
     * @return the name that it is exported by
     */
    public String name() {
        return name;
    }

    /**
     * Returns the type of this function, from the signature or from the component.
     *
     * @return the parameters and the result
     */
    public FuncType type() {
        return type;
    }

    /**
     * Returns the core type of a function that was found in a core module by its name only. Nothing else is known of such a
     * function, and its numbers may be pointers.
     *
     * @return the core type; empty for all other functions
     */
    public Optional<CoreFuncType> numbers() {
        return Optional.ofNullable(numbers);
    }

    /**
     * Calls the function with values.
     *
     * @param args one for each parameter, of its type
     * @return the result; null if the function has none
     * @throws ValueException for an argument of another type, and for one that its payload cannot carry
     * @throws dev.airlock.error.Trap if the guest traps, or gives what is no value of its type
     * @throws dev.airlock.error.LimitException if a limit is reached
     * @throws dev.airlock.error.InstanceStateException if the instance cannot be entered
     */
    public @Nullable Value call(List<? extends Value> args) {
        return call.call(args);
    }

    /**
     * Calls the function with plain Java values, by the table of {@link JavaValues}. Arguments at the end that are options may
     * be left out.
     *
     * @param args one argument for each parameter
     * @return the result, by the same table; null if the function has none
     * @throws ValueException for an argument that does not fit, with the path to the place
     * @throws dev.airlock.error.Trap and what else {@link #call} throws
     */
    public @Nullable Object invoke(@Nullable Object @Nullable ... args) {
        // One null alone is null for the whole array.
        return JavaValues.toJava(call(arguments(args == null ? new @Nullable Object[] {null} : args)));
    }

    private List<Value> arguments(@Nullable Object[] args) {
        try {
            return JavaValues.arguments(name, type, args);
        } catch (ValueException e) {
            throw numbers == null
                    ? e
                    : new ValueException(
                            e.getMessage() + "; the guest has " + name + " as " + numbers
                                    + ": if its numbers stand for something else, give a signature, as in \"" + name
                                    + ": func(name: string) -> string\"",
                            e);
        }
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
