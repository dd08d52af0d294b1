package dev.airlock.binding;

import dev.airlock.mapping.Result;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ResultValue;
import dev.airlock.type.TupleValue;
import dev.airlock.type.Value;
import dev.airlock.type.VariantValue;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value as a plain Java value: see {@link JavaValues}. */
final class ValueToJava implements Value.Visitor<Object>, PrimitiveValue.Visitor<Object> {
    static final ValueToJava VISITOR = new ValueToJava();

    private ValueToJava() {}

    private static Object java(Value value) {
        return value.accept(VISITOR);
    }

    private static @Nullable Object javaOrNull(@Nullable Value value) {
        return value == null ? null : java(value);
    }

    private static List<Object> all(List<Value> values) {
        return values.stream().map(ValueToJava::java).toList();
    }

    @Override
    public Object visitPrimitive(PrimitiveValue value) {
        return value.accept((PrimitiveValue.Visitor<Object>) this);
    }

    @Override
    public Object visitList(ListValue value) {
        Object array = value.array();
        return array == null ? all(value.values()) : array;
    }

    @Override
    public Object visitRecord(RecordValue value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < value.fields().size(); i++) {
            fields.put(value.type().fields().get(i).name(), java(value.fields().get(i)));
        }
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public Object visitTuple(TupleValue value) {
        return all(value.elements());
    }

    @Override
    public Object visitVariant(VariantValue value) {
        return new AbstractMap.SimpleImmutableEntry<String, @Nullable Object>(
                value.caseName(), javaOrNull(value.payload()));
    }

    @Override
    public Object visitEnum(EnumValue value) {
        return value.caseName();
    }

    @Override
    public Object visitFlags(FlagsValue value) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(value.set()));
    }

    @Override
    public Object visitOption(OptionValue value) {
        return Optional.ofNullable(javaOrNull(value.payload()));
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see that the type arguments allow null
    public Object visitResult(ResultValue value) {
        @Nullable Object carried = javaOrNull(value.payload());
        return value.isOk()
                ? new Result.Ok<@Nullable Object, @Nullable Object>(carried)
                : new Result.Err<@Nullable Object, @Nullable Object>(carried);
    }

    @Override
    public Object visitMap(MapValue value) {
        Map<Object, Object> map = new LinkedHashMap<>();
        value.pairs().forEach(pair -> map.put(java(pair.key()), java(pair.value())));
        return Collections.unmodifiableMap(map);
    }

    @Override
    public Object visitHandle(HandleValue value) {
        return value;
    }

    @Override
    public Object visitBool(PrimitiveValue.Bool value) {
        return value.value();
    }

    @Override
    public Object visitS8(PrimitiveValue.S8 value) {
        return value.value();
    }

    @Override
    public Object visitU8(PrimitiveValue.U8 value) {
        return value.value();
    }

    @Override
    public Object visitS16(PrimitiveValue.S16 value) {
        return value.value();
    }

    @Override
    public Object visitU16(PrimitiveValue.U16 value) {
        return value.value();
    }

    @Override
    public Object visitS32(PrimitiveValue.S32 value) {
        return value.value();
    }

    @Override
    public Object visitU32(PrimitiveValue.U32 value) {
        return value.bits();
    }

    @Override
    public Object visitS64(PrimitiveValue.S64 value) {
        return value.value();
    }

    @Override
    public Object visitU64(PrimitiveValue.U64 value) {
        return value.bits();
    }

    @Override
    public Object visitF32(PrimitiveValue.F32 value) {
        return value.value();
    }

    @Override
    public Object visitF64(PrimitiveValue.F64 value) {
        return value.value();
    }

    @Override
    public Object visitChar(PrimitiveValue.Char value) {
        return value.codePoint();
    }

    @Override
    public Object visitText(PrimitiveValue.Text value) {
        return value.value();
    }
}
