package dev.airlock.abi.form;

import dev.airlock.error.ValueException;
import dev.airlock.mapping.Result;
import dev.airlock.memory.Interruption;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of {@link JavaForms} as handles: constants of the code that runs them. */
public final class JavaOperations {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    static final MethodHandle ORDINAL = ours("ordinal", int.class, Object.class);
    static final MethodHandle IS_SET = ours("isSet", int.class, Object.class);
    static final MethodHandle IS_PRESENT = ours("isPresent", int.class, Object.class);
    static final MethodHandle IS_ERR = ours("isErr", int.class, Object.class);
    static final MethodHandle OPTIONAL_EMPTY = ours("none", Object.class);
    static final MethodHandle OPTIONAL_GET = ours("some", Object.class, Object.class);
    static final MethodHandle OPTIONAL_OF = ours("optional", Object.class, Object.class);
    public static final MethodHandle OK_VALUE = ours("okValue", Object.class, Object.class);
    public static final MethodHandle OK_MAKE = ours("ok", Object.class, Object.class);
    public static final MethodHandle ERR_ERROR = ours("errError", Object.class, Object.class);
    public static final MethodHandle ERR_MAKE = ours("err", Object.class, Object.class);
    static final MethodHandle LIST_PARTS = ours("parts", Object[].class, Object.class);
    static final MethodHandle LIST_MAKE = ours("list", Object.class, Object[].class);
    static final MethodHandle MAP_PARTS = ours("pairs", Object[].class, Object.class);
    static final MethodHandle MAP_MAKE = ours("map", Object.class, Object[].class);
    static final MethodHandle ENTRY_KEY = ours("key", Object.class, Object.class);
    static final MethodHandle ENTRY_VALUE = ours("value", Object.class, Object.class);
    static final MethodHandle ENTRY_MAKE = ours("entry", Object.class, Object.class, Object.class);

    private JavaOperations() {}

    private static MethodHandle ours(String name, Class<?> result, Class<?>... params) {
        try {
            return LOOKUP.findStatic(JavaOperations.class, name, MethodType.methodType(result, params));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** {@code (Object, String name) -> int}: the index of a value's class among these. */
    static MethodHandle classNumber(Class<?>[] classes) {
        if (classes.length <= 8) {
            return MethodHandles.insertArguments(
                    ours("numberAmong", int.class, Class[].class, Object.class, String.class), 0, (Object) classes);
        }
        var numbers = new HashMap<Class<?>, Integer>();
        for (int i = 0; i < classes.length; i++) {
            numbers.put(classes[i], i);
        }
        return MethodHandles.insertArguments(
                ours("numberIn", int.class, Map.class, Object.class, String.class), 0, numbers);
    }

    static MethodHandle flagsNumber(List<Enum<?>> constants) {
        byte[] bits = new byte[constants.get(0).getDeclaringClass().getEnumConstants().length];
        for (int i = 0; i < constants.size(); i++) {
            bits[constants.get(i).ordinal()] = (byte) i;
        }
        return MethodHandles.insertArguments(ours("flags", int.class, byte[].class, Object.class), 0, (Object) bits);
    }

    static MethodHandle flagsObject(List<Enum<?>> constants) {
        return MethodHandles.insertArguments(
                ours("flagsOf", Object.class, Enum[].class, int.class), 0, (Object) constants.toArray(Enum<?>[]::new));
    }

    // By handle, above. Impossible arguments have been refused before these run.

    static int ordinal(Object value) {
        return ((Enum<?>) value).ordinal();
    }

    static int isSet(@Nullable Object value) {
        return value == null ? 0 : 1;
    }

    static int isPresent(Object value) {
        return ((Optional<?>) value).isPresent() ? 1 : 0;
    }

    static Object none() {
        return Optional.empty();
    }

    static Object some(Object value) {
        return ((Optional<?>) value).orElseThrow();
    }

    static Object optional(Object payload) {
        return Optional.of(payload);
    }

    static int isErr(Object value) {
        return value instanceof Result.Err ? 1 : 0;
    }

    static @Nullable Object okValue(Object result) {
        return ((Result.Ok<?, ?>) result).value();
    }

    @SuppressWarnings("NullAway") // It takes the component for not null, whose type may be.
    static Object ok(@Nullable Object value) {
        return new Result.Ok<@Nullable Object, @Nullable Object>(value);
    }

    static @Nullable Object errError(Object result) {
        return ((Result.Err<?, ?>) result).error();
    }

    @SuppressWarnings("NullAway") // It takes the component for not null, whose type may be.
    static Object err(@Nullable Object error) {
        return new Result.Err<@Nullable Object, @Nullable Object>(error);
    }

    static Object[] parts(Object list) {
        return ((List<?>) list).toArray();
    }

    /** Not {@code List.of}, since elements may be null where they are options. */
    static Object list(@Nullable Object[] parts) {
        return Collections.unmodifiableList(Arrays.asList(parts));
    }

    static Object[] pairs(Object map) {
        return ((Map<?, ?>) map).entrySet().toArray();
    }

    /** If several pairs have one key, the last counts. */
    public static Object map(Object[] pairs) {
        var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (Object pair : Interruption.asking(pairs)) {
            map.put(((Map.Entry<?, ?>) pair).getKey(), ((Map.Entry<?, ?>) pair).getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    static @Nullable Object key(Object entry) {
        return ((Map.Entry<?, ?>) entry).getKey();
    }

    static @Nullable Object value(Object entry) {
        return ((Map.Entry<?, ?>) entry).getValue();
    }

    static Object entry(@Nullable Object key, @Nullable Object value) {
        return new AbstractMap.SimpleImmutableEntry<>(key, value);
    }

    static int numberAmong(Class<?>[] classes, Object value, String name) {
        Class<?> type = value.getClass();
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] == type) {
                return i;
            }
        }
        throw unknown(value, name);
    }

    static int numberIn(Map<Class<?>, Integer> numbers, Object value, String name) {
        Integer number = numbers.get(value.getClass());
        if (number == null) {
            throw unknown(value, name);
        }
        return number;
    }

    private static ValueException unknown(Object value, String name) {
        return new ValueException(
                name + ": no case of the variant, but a " + value.getClass().getName());
    }

    static int flags(byte[] bits, Object value) {
        int number = 0;
        for (Object constant : (EnumSet<?>) value) {
            number |= 1 << bits[((Enum<?>) constant).ordinal()];
        }
        return number;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object flagsOf(Enum[] constants, int number) {
        EnumSet set = EnumSet.noneOf(constants[0].getDeclaringClass());
        for (int rest = number; rest != 0; rest &= rest - 1) {
            set.add(constants[Integer.numberOfTrailingZeros(rest)]);
        }
        return set;
    }
}
