package dev.airlock.binding;

import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.OptionType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java values to {@link Value}s and back, for calls whose types are known only while a program runs.
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
 * <tr><td>list</td><td>a {@code Collection} or any array</td><td>a primitive array, where {@link dev.airlock.type.ListValue}
 *     has one: {@code byte[]} for {@code list<u8>}; else a {@code List}</td></tr>
 * <tr><td>tuple</td><td>a {@code List}, an array, {@code Tuple2}, {@code Tuple3}</td><td>a {@code List}</td></tr>
 * <tr><td>record</td><td>a {@code Map} from its fields' names, {@code first-name} or {@code firstName}; an option may be
 *     missing</td><td>a {@code Map<String, Object>} in the fields' order, by the names in WIT</td></tr>
 * <tr><td>variant</td><td>a {@code Map.Entry} of the case and what it carries; the case alone where it carries nothing</td>
 *     <td>a {@code Map.Entry}, whose value is null where the case carries nothing</td></tr>
 * <tr><td>enum; flags</td><td>the case's name or a Java enum; a collection of such</td><td>a {@code String}; a {@code
 *     Set<String>}</td></tr>
 * <tr><td>option</td><td>an {@code Optional}; null or the value, unless another option is in it</td><td>an {@code
 *     Optional}</td></tr>
 * <tr><td>result</td><td>a {@link dev.airlock.mapping.Result}</td><td>the same</td></tr>
 * <tr><td>map</td><td>a {@code Map}</td><td>the same, in the guest's order</td></tr>
 * <tr><td>own, borrow</td><td>a {@link dev.airlock.type.HandleValue}; one that is owned can be lent</td><td>the same</td></tr>
 * </table>
 *
 * <p>A {@link Value} is taken everywhere if it is of the type. Collections that are given cannot be changed.
 */
public final class JavaValues {
    private JavaValues() {}

    /**
     * The arguments of a call as values. Arguments at the end that are options may be left out.
     *
     * @param function its name, for errors
     * @throws ValueException if there are too many or too few, or one does not fit; with the path to the place
     */
    public static List<Value> arguments(String function, FuncType type, @Nullable Object... args) {
        List<FuncType.Param> params = type.params();
        int required = params.size();
        while (required > 0 && params.get(required - 1).type() instanceof OptionType) {
            required--;
        }
        if (args.length > params.size() || args.length < required) {
            throw new ValueException(function + " takes " + params.size()
                    + (params.size() == 1 ? " argument" : " arguments")
                    + params.stream()
                            .map(p -> p.name() + ": " + p.type())
                            .collect(
                                    Collectors.joining(", ", params.isEmpty() ? "" : " (", params.isEmpty() ? "" : ")"))
                    + ", got " + args.length);
        }
        var values = new ArrayList<Value>(params.size());
        for (int i = 0; i < params.size(); i++) {
            FuncType.Param param = params.get(i);
            values.add(JavaToValue.of(param.type(), i < args.length ? args[i] : null, ValuePath.of(param.name())));
        }
        return values;
    }

    /**
     * A plain Java value as a value of a type, by the table above.
     *
     * @throws ValueException if it does not fit; with the path to the place
     */
    public static Value toValue(ValType type, @Nullable Object java) {
        return JavaToValue.of(type, java, ValuePath.root());
    }

    /** A value as Java has it, by the table above; null for null, which is no value at all. */
    public static @Nullable Object toJava(@Nullable Value value) {
        return value == null ? null : value.accept(ValueToJava.VISITOR);
    }
}
