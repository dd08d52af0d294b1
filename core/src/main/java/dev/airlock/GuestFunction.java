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
 * Object hello = greet.invoke("Ada");             // plain Java values
 * Value same = greet.call(List.of(new Text("Ada"))); // values of the function's own types
 * }</pre>
 *
 * <p>A function of {@link GuestInstance#function(String)} may be used by one thread at a time, like its instance. A function of
 * {@link Guest#function(String)} uses a new instance for each call, and may be called by any number of threads.
 *
 * <p>{@link #invoke} takes and returns plain Java values:
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><th>WIT</th><th>taken</th><th>given</th></tr>
 * <tr><td>bool, string</td><td>{@code Boolean}, {@code String}</td><td>the same</td></tr>
 * <tr><td>s8 … s64</td><td>a whole number in the type's range</td><td>{@code Byte}, {@code Short}, {@code Integer}, {@code
 *     Long}</td></tr>
 * <tr><td>u8, u16</td><td>the same</td><td>{@code Integer}</td></tr>
 * <tr><td>u32, u64</td><td>the same; an {@code Integer} for u32 and a {@code Long} for u64 are its bits</td>
 *     <td>{@code Integer}, {@code Long} as bits: see {@link Integer#toUnsignedLong}, {@link Long#toUnsignedString(long)}</td></tr>
 * <tr><td>f32, f64</td><td>a number: a {@code Double} is rounded to f32, a whole number has to fit exactly</td>
 *     <td>{@code Float}, {@code Double}</td></tr>
 * <tr><td>char</td><td>{@code Character}, or {@code Integer} as a code point</td><td>{@code Integer}</td></tr>
 * <tr><td>list</td><td>a {@code Collection} or any array</td><td>a primitive array, if {@link dev.airlock.type.ListValue}
 *     has one: {@code byte[]} for {@code list<u8>}; else a {@code List}</td></tr>
 * <tr><td>tuple</td><td>a {@code List}, an array, {@code Tuple2}, {@code Tuple3}</td><td>a {@code List}</td></tr>
 * <tr><td>record</td><td>a {@code Map} from its fields' names, {@code first-name} or {@code firstName}; an option may be
 *     missing</td><td>a {@code Map<String, Object>} in the fields' order, by the names in WIT</td></tr>
 * <tr><td>variant</td><td>a {@code Map.Entry} of the case and what it carries; the case alone if it carries nothing</td>
 *     <td>a {@code Map.Entry}, whose value is null if the case carries nothing</td></tr>
 * <tr><td>enum; flags</td><td>the case's name or a Java enum; a collection of such</td><td>a {@code String}; a {@code
 *     Set<String>}</td></tr>
 * <tr><td>option</td><td>an {@code Optional}; null or the value, unless another option is in it</td><td>an {@code
 *     Optional}</td></tr>
 * <tr><td>result</td><td>a {@link dev.airlock.mapping.Result}</td><td>the same</td></tr>
 * <tr><td>map</td><td>a {@code Map}</td><td>the same, in the guest's order</td></tr>
 * <tr><td>own, borrow</td><td>a {@link dev.airlock.type.HandleValue}; one that is owned can be lent</td><td>the same</td></tr>
 * </table>
 *
 * <p>A {@link Value} of the right type is taken everywhere. Collections in results cannot be changed.
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
     * Calls the function with plain Java values, by the table in the description of this class. Arguments at the end that are options may
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
