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
 * Converts plain Java values to {@link Value}s and back, for calls whose types are known only while a program runs. The table is
 * in the Javadoc of {@code dev.airlock.GuestFunction}, where programs see it.
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
