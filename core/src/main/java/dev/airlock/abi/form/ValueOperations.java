package dev.airlock.abi.form;

import dev.airlock.memory.Interruption;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordType;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ResultType;
import dev.airlock.type.ResultValue;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import dev.airlock.type.VariantType;
import dev.airlock.type.VariantValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of {@link ValueForms} as handles: constants of the code that runs them. */
final class ValueOperations {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    static final MethodHandle LIST_PARTS = ours("parts", Object[].class, Object.class);
    static final MethodHandle RECORD_PART = ours("field", Object.class, Object.class, int.class);
    static final MethodHandle TUPLE_PART = ours("element", Object.class, Object.class, int.class);
    static final MethodHandle VARIANT_NUMBER = getter(VariantValue.class, "index", int.class);
    static final MethodHandle VARIANT_PAYLOAD = getter(VariantValue.class, "payload", Value.class);
    static final MethodHandle ENUM_NUMBER = getter(EnumValue.class, "index", int.class);
    static final MethodHandle FLAGS_NUMBER = getter(FlagsValue.class, "bits", int.class);
    static final MethodHandle OPTION_NUMBER = ours("isSome", int.class, Object.class);
    static final MethodHandle OPTION_PAYLOAD = getter(OptionValue.class, "payload", Value.class);
    static final MethodHandle RESULT_NUMBER = ours("isErr", int.class, Object.class);
    static final MethodHandle RESULT_PAYLOAD = getter(ResultValue.class, "payload", Value.class);
    static final MethodHandle MAP_PARTS = ours("pairs", Object[].class, Object.class);
    static final MethodHandle PAIR_KEY = getter(MapValue.Pair.class, "key", Value.class);
    static final MethodHandle PAIR_VALUE = getter(MapValue.Pair.class, "value", Value.class);
    static final MethodHandle PAIR_MAKE = constructor(MapValue.Pair.class, Value.class, Value.class);
    static final MethodHandle HANDLE_TARGET = getter(HandleValue.class, "target", Object.class);

    private ValueOperations() {}

    private static MethodHandle ours(String name, Class<?> result, Class<?>... params) {
        try {
            return LOOKUP.findStatic(ValueOperations.class, name, MethodType.methodType(result, params));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle getter(Class<?> owner, String name, Class<?> result) {
        try {
            return LOOKUP.findVirtual(owner, name, MethodType.methodType(result));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle constructor(Class<?> owner, Class<?>... params) {
        try {
            return LOOKUP.findConstructor(owner, MethodType.methodType(void.class, params));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle typed(Class<? extends Value> owner, ValType type, Class<?>... params) {
        var all = new Class<?>[params.length + 1];
        all[0] = type.getClass();
        System.arraycopy(params, 0, all, 1, params.length);
        return MethodHandles.insertArguments(constructor(owner, all), 0, type);
    }

    /** {@code (PrimitiveValue) -> number or String}. */
    static MethodHandle unwrap(PrimitiveType type) {
        return switch (type) {
            case BOOL -> getter(PrimitiveValue.Bool.class, "value", boolean.class);
            case S8 -> getter(PrimitiveValue.S8.class, "value", byte.class);
            case U8 -> getter(PrimitiveValue.U8.class, "value", int.class);
            case S16 -> getter(PrimitiveValue.S16.class, "value", short.class);
            case U16 -> getter(PrimitiveValue.U16.class, "value", int.class);
            case S32 -> getter(PrimitiveValue.S32.class, "value", int.class);
            case U32 -> getter(PrimitiveValue.U32.class, "bits", int.class);
            case S64 -> getter(PrimitiveValue.S64.class, "value", long.class);
            case U64 -> getter(PrimitiveValue.U64.class, "bits", long.class);
            case F32 -> getter(PrimitiveValue.F32.class, "value", float.class);
            case F64 -> getter(PrimitiveValue.F64.class, "value", double.class);
            case CHAR -> getter(PrimitiveValue.Char.class, "codePoint", int.class);
            case STRING -> getter(PrimitiveValue.Text.class, "value", String.class);
            case ERROR_CONTEXT -> throw new IllegalArgumentException(type + " does not cross");
        };
    }

    /** {@code number or String -> PrimitiveValue}. */
    static MethodHandle wrap(PrimitiveType type) {
        return switch (type) {
            case BOOL -> constructor(PrimitiveValue.Bool.class, boolean.class);
            case S8 -> constructor(PrimitiveValue.S8.class, byte.class);
            case U8 -> constructor(PrimitiveValue.U8.class, int.class);
            case S16 -> constructor(PrimitiveValue.S16.class, short.class);
            case U16 -> constructor(PrimitiveValue.U16.class, int.class);
            case S32 -> constructor(PrimitiveValue.S32.class, int.class);
            case U32 -> constructor(PrimitiveValue.U32.class, int.class);
            case S64 -> constructor(PrimitiveValue.S64.class, long.class);
            case U64 -> constructor(PrimitiveValue.U64.class, long.class);
            case F32 -> constructor(PrimitiveValue.F32.class, float.class);
            case F64 -> constructor(PrimitiveValue.F64.class, double.class);
            case CHAR -> constructor(PrimitiveValue.Char.class, int.class);
            case STRING -> constructor(PrimitiveValue.Text.class, String.class);
            case ERROR_CONTEXT -> throw new IllegalArgumentException(type + " does not cross");
        };
    }

    /** {@code (ListValue) -> array}, of this class. */
    static MethodHandle array(Class<?> array) {
        MethodHandle held = ours("array", Object.class, Object.class);
        return held.asType(MethodType.methodType(array, Object.class));
    }

    static MethodHandle ofArray(ListType type, Class<?> array) {
        return MethodHandles.insertArguments(ours("ofArray", Object.class, ListType.class, Object.class), 0, type)
                .asType(MethodType.methodType(Object.class, array));
    }

    static MethodHandle listMake(ListType type) {
        return MethodHandles.insertArguments(ours("list", Object.class, ListType.class, Object[].class), 0, type);
    }

    static MethodHandle mapMake(MapType type) {
        return MethodHandles.insertArguments(ours("map", Object.class, MapType.class, Object[].class), 0, type);
    }

    static MethodHandle recordMake(RecordType type) {
        return MethodHandles.insertArguments(ours("record", Object.class, RecordType.class, Object[].class), 0, type);
    }

    static MethodHandle tupleMake(TupleType type) {
        return MethodHandles.insertArguments(ours("tuple", Object.class, TupleType.class, Object[].class), 0, type);
    }

    static MethodHandle variantMake(VariantType type, int index) {
        return MethodHandles.insertArguments(typed(VariantValue.class, type, int.class, Value.class), 0, index);
    }

    static MethodHandle enumMake(EnumType type) {
        return typed(EnumValue.class, type, int.class);
    }

    static MethodHandle flagsMake(FlagsType type) {
        return typed(FlagsValue.class, type, int.class);
    }

    static MethodHandle optionMake(OptionType type) {
        return typed(OptionValue.class, type, Value.class);
    }

    static MethodHandle resultMake(ResultType type, boolean isOk) {
        return MethodHandles.insertArguments(typed(ResultValue.class, type, boolean.class, Value.class), 0, isOk);
    }

    static MethodHandle handleMake(ValType type) {
        return MethodHandles.insertArguments(constructor(HandleValue.class, ValType.class, Object.class), 0, type);
    }

    /** {@code (Value) -> Value}: a part by its index. */
    static MethodHandle at(MethodHandle part, int index) {
        return MethodHandles.insertArguments(part, 1, index);
    }

    /** {@code (Value, String name) -> Value}: the value itself, if it is of the type. */
    static MethodHandle checked(ValType type) {
        return MethodHandles.insertArguments(
                ours("checked", Object.class, ValType.class, Object.class, String.class), 0, type);
    }

    /** {@code () -> Value}: makes a case without a payload. */
    static MethodHandle without(MethodHandle make) {
        return MethodHandles.insertArguments(make, 0, (Object) null);
    }

    // By handle, above.

    static Object checked(ValType type, Object value, String name) {
        if (!(value instanceof Value given) || !type.equals(given.type())) {
            throw ValuePath.of(name)
                    .refuse("takes " + type + ", got "
                            + (value instanceof Value given
                                    ? given.type()
                                    : value.getClass().getName()));
        }
        return value;
    }

    static Object[] parts(Object list) {
        return ((ListValue) list).values().toArray();
    }

    static @Nullable Object array(Object list) {
        return ((ListValue) list).array();
    }

    static Object ofArray(ListType type, Object array) {
        return ListValue.wrap(type, array, ValuePath.root());
    }

    static Object list(ListType type, Object[] parts) {
        return ListValue.of(type, Interruption.asking(Arrays.copyOf(parts, parts.length, Value[].class)));
    }

    static Object field(Object value, int index) {
        return ((RecordValue) value).fields().get(index);
    }

    static Object element(Object value, int index) {
        return ((TupleValue) value).elements().get(index);
    }

    static Object record(RecordType type, Object[] parts) {
        return new RecordValue(type, values(parts));
    }

    static Object tuple(TupleType type, Object[] parts) {
        return new TupleValue(type, values(parts));
    }

    private static List<Value> values(Object[] parts) {
        return Arrays.asList(Arrays.copyOf(parts, parts.length, Value[].class));
    }

    static int isSome(Object value) {
        return ((OptionValue) value).payload() == null ? 0 : 1;
    }

    static int isErr(Object value) {
        return ((ResultValue) value).isOk() ? 0 : 1;
    }

    static Object[] pairs(Object value) {
        return ((MapValue) value).pairs().toArray();
    }

    static Object map(MapType type, Object[] pairs) {
        return new MapValue(type, Interruption.asking(Arrays.copyOf(pairs, pairs.length, MapValue.Pair[].class)));
    }
}
