package dev.airlock.binding;

import dev.airlock.error.Nearest;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.Tuple3;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.FutureType;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordType;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ResultType;
import dev.airlock.type.ResultValue;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import dev.airlock.type.VariantType;
import dev.airlock.type.VariantValue;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plain Java value as a value of a type: see {@link JavaValues}. */
record JavaToValue(@Nullable Object java, ValuePath path) implements ValType.Visitor<Value> {
    static Value of(ValType type, @Nullable Object java, ValuePath path) {
        if (java instanceof Value value) {
            if (value instanceof HandleValue handle
                    && handle.type() instanceof OwnType own
                    && type instanceof BorrowType borrow
                    && own.resource().equals(borrow.resource())) {
                // What is owned can be lent.
                return new HandleValue(type, handle.target());
            }
            if (!value.type().equals(type)) {
                throw path.refuse("expected " + type + ", got a value of " + value.type());
            }
            return value;
        }
        return type.accept(new JavaToValue(java, path));
    }

    private ValueException wanted(String type, String takes) {
        return path.refuse(type + " takes " + takes + ", got "
                + (java == null ? "null" : java.getClass().getTypeName()));
    }

    @Override
    public Value visitPrimitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> {
                if (java instanceof Boolean bool) {
                    yield new PrimitiveValue.Bool(bool);
                }
                throw wanted("bool", "a Boolean");
            }
            case S8, U8, S16, U16, S32, U32, S64, U64 -> integer(type);
            case F32 -> new PrimitiveValue.F32(single());
            case F64 -> new PrimitiveValue.F64(floating("f64"));
            case CHAR -> {
                if (java instanceof Character unit) {
                    yield PrimitiveValue.character(unit, path);
                } else if (java instanceof Integer codePoint) {
                    yield PrimitiveValue.character(codePoint, path);
                }
                throw wanted("char", "a Character, or an Integer that is a code point");
            }
            case STRING -> {
                if (java instanceof CharSequence text) {
                    yield PrimitiveValue.string(text.toString(), path);
                }
                throw wanted("string", "a String");
            }
            case ERROR_CONTEXT -> throw path.refuse(type + " cannot be made of a Java value");
        };
    }

    private Value integer(PrimitiveType type) {
        // The same Java type is the number's bits in interfaces, and in the results of calls.
        if (type == PrimitiveType.U32 && java instanceof Integer bits) {
            return new PrimitiveValue.U32(bits);
        } else if (type == PrimitiveType.U64 && java instanceof Long bits) {
            return new PrimitiveValue.U64(bits);
        } else if (java instanceof BigInteger big) {
            return PrimitiveValue.integer(type, big, path);
        } else if (java instanceof Number number && isWhole()) {
            return PrimitiveValue.integer(type, number.longValue(), path);
        }
        throw wanted(type.toString(), "a whole number");
    }

    private boolean isWhole() {
        return java instanceof Integer || java instanceof Long || java instanceof Short || java instanceof Byte;
    }

    private float single() {
        if (java instanceof Float exact) {
            return exact;
        }
        double number = floating("f32");
        float single = (float) number;
        if (Float.isInfinite(single) && !Double.isInfinite(number)) {
            throw path.refuse("the number is too large for f32: " + number);
        }
        if (isWhole() && single != number) {
            throw path.refuse("f32 cannot hold this whole number exactly: " + java);
        }
        return single;
    }

    private double floating(String type) {
        if (java instanceof Double || java instanceof Float) {
            return ((Number) java).doubleValue();
        } else if (java instanceof Number integer && isWhole()) {
            long whole = integer.longValue();
            double number = whole;
            if ((long) number != whole || whole == Long.MAX_VALUE) {
                throw path.refuse(type + " cannot hold this whole number exactly: " + whole);
            }
            return number;
        }
        throw wanted(type, "a number");
    }

    @Override
    public Value visitList(ListType type) {
        Value probe = arrayOf(type);
        if (probe != null) {
            return probe;
        }
        List<?> elements = sequence(type.toString(), "a List or an array");
        var values = new ArrayList<Value>(elements.size());
        for (Object element : elements) {
            values.add(of(type.element(), element, path.index(values.size())));
        }
        return ListValue.of(type, values, path);
    }

    /** The array itself, where it is of the kind that a list's value has. */
    private @Nullable Value arrayOf(ListType type) {
        Class<?> array = ListValue.arrayType(type);
        return java != null && java.getClass() == array ? ListValue.wrap(type, java, path) : null;
    }

    /** The elements of a collection or of any array. */
    private List<? extends @Nullable Object> sequence(String type, String takes) {
        if (java instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        } else if (java instanceof Object[] array) {
            return Arrays.asList(array);
        } else if (java != null && java.getClass().isArray()) {
            var boxed = new ArrayList<@Nullable Object>();
            for (int i = 0; i < Array.getLength(java); i++) {
                boxed.add(Array.get(java, i));
            }
            return boxed;
        }
        throw wanted(type, takes);
    }

    @Override
    public Value visitTuple(TupleType type) {
        List<? extends @Nullable Object> elements;
        if (java instanceof Tuple2<?, ?> pair) {
            elements = Arrays.asList(pair.first(), pair.second());
        } else if (java instanceof Tuple3<?, ?, ?> triple) {
            elements = Arrays.asList(triple.first(), triple.second(), triple.third());
        } else {
            elements = sequence(type.toString(), "a List or an array of its elements");
        }
        int count = type.elements().size();
        if (elements.size() != count) {
            throw path.refuse("expected a tuple of " + count + ", got " + elements.size() + " elements");
        }
        var values = new ArrayList<Value>(count);
        for (Object element : elements) {
            values.add(of(type.elements().get(values.size()), element, path.element(values.size())));
        }
        return TupleValue.of(type, values, path);
    }

    @Override
    public Value visitRecord(RecordType type) {
        if (!(java instanceof Map<?, ?> given)) {
            throw wanted(type.toString(), "a Map of its fields");
        }
        List<String> labels = type.fields().stream().map(RecordType.Field::name).toList();
        Map<String, @Nullable Object> byLabel = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String label = label(labels, key, "field");
            if (byLabel.containsKey(label)) {
                throw path.refuse("the field \"" + label + "\" is given twice");
            }
            byLabel.put(label, value);
        });
        var values = new ArrayList<Value>(labels.size());
        for (RecordType.Field field : type.fields()) {
            if (!byLabel.containsKey(field.name()) && !(field.type() instanceof OptionType)) {
                throw path.refuse("the field \"" + field.name() + "\" is missing");
            }
            values.add(of(field.type(), byLabel.get(field.name()), path.field(field.name())));
        }
        return RecordValue.of(type, values, path);
    }

    /** The label that a text means: itself, or else the one that is the same without case, hyphens and underscores. */
    private String label(List<String> labels, @Nullable Object key, String what) {
        String name;
        if (key instanceof Enum<?> constant) {
            name = constant.name();
        } else if (key instanceof String text) {
            name = text;
        } else {
            throw path.refuse("a " + what + " is named by a String, got "
                    + (key == null ? "null" : key.getClass().getTypeName()));
        }
        if (labels.contains(name)) {
            return name;
        }
        List<String> near = labels.stream()
                .filter(label -> folded(label).equals(folded(name)))
                .toList();
        if (near.size() == 1) {
            return near.get(0);
        }
        throw path.refuse("there is no " + what + " \"" + name + "\"" + Nearest.hint(name, labels) + "; there is "
                + String.join(", ", labels));
    }

    private static String folded(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public Value visitVariant(VariantType type) {
        Object tag = java;
        Object payload = null;
        boolean carries = false;
        if (java instanceof Map<?, ?> map && map.size() == 1) {
            tag = map.entrySet().iterator().next();
        }
        if (tag instanceof Map.Entry<?, ?> entry) {
            carries = true;
            tag = entry.getKey();
            payload = entry.getValue();
        }
        if (!(tag instanceof String) && !(tag instanceof Enum<?>)) {
            throw wanted(
                    type.toString(),
                    "a case: its name, or a Map.Entry of its name and what it carries, as in Map.entry(\"circle\", 1.5)");
        }
        List<String> labels = type.cases().stream().map(VariantType.Case::name).toList();
        String label = label(labels, tag, "case");
        ValType carried = type.cases().get(type.indexOf(label)).payload();
        if (carried == null && payload != null) {
            throw path.payload(label)
                    .refuse("the case carries nothing, got "
                            + payload.getClass().getTypeName());
        } else if (carried != null && !carries && !(carried instanceof OptionType)) {
            throw path.payload(label).refuse("the case carries " + carried + ": give a Map.Entry of its name and that");
        }
        return VariantValue.of(type, label, carried == null ? null : of(carried, payload, path.payload(label)), path);
    }

    @Override
    public Value visitEnum(EnumType type) {
        if (!(java instanceof String) && !(java instanceof Enum<?>)) {
            throw wanted(type.toString(), "the name of a case, as a String or an Enum");
        }
        return EnumValue.of(type, label(type.cases(), java, "case"), path);
    }

    @Override
    public Value visitFlags(FlagsType type) {
        var set = new LinkedHashSet<String>();
        for (Object flag : sequence(type.toString(), "a Set of names of flags")) {
            set.add(label(type.flags(), flag, "flag"));
        }
        return FlagsValue.of(type, set, path);
    }

    @Override
    public Value visitOption(OptionType type) {
        if (java == null) {
            return OptionValue.of(type, null, path);
        } else if (java instanceof Optional<?> optional) {
            return OptionValue.of(
                    type, optional.isPresent() ? of(type.payload(), optional.get(), path.some()) : null, path);
        } else if (type.payload() instanceof OptionType) {
            throw wanted(type.toString(), "an Optional, since another option is in it");
        }
        return OptionValue.of(type, of(type.payload(), java, path.some()), path);
    }

    @Override
    public Value visitResult(ResultType type) {
        if (java instanceof Result.Ok<?, ?> ok) {
            return ResultValue.of(type, true, carried(type.ok(), ok.value(), path.ok()), path);
        } else if (java instanceof Result.Err<?, ?> err) {
            return ResultValue.of(type, false, carried(type.err(), err.error(), path.err()), path);
        }
        throw wanted(type.toString(), "a Result.Ok or a Result.Err");
    }

    private static @Nullable Value carried(@Nullable ValType type, @Nullable Object java, ValuePath path) {
        if (type == null && java != null) {
            throw path.refuse("nothing is carried here, got " + java.getClass().getTypeName());
        }
        return type == null ? null : of(type, java, path);
    }

    @Override
    public Value visitMap(MapType type) {
        if (!(java instanceof Map<?, ?> map)) {
            throw wanted(type.toString(), "a Map");
        }
        var pairs = new ArrayList<MapValue.Pair>(map.size());
        map.forEach((key, value) -> {
            ValuePath at = path.index(pairs.size());
            pairs.add(new MapValue.Pair(of(type.key(), key, at.key()), of(type.value(), value, at.value())));
        });
        return MapValue.of(type, pairs, path);
    }

    private ValueException handle(ValType type) {
        return wanted(type.toString(), "the HandleValue that the same instance gave");
    }

    @Override
    public Value visitOwn(OwnType type) {
        throw handle(type);
    }

    @Override
    public Value visitBorrow(BorrowType type) {
        throw handle(type);
    }

    @Override
    public Value visitFuture(FutureType type) {
        throw handle(type);
    }

    @Override
    public Value visitStream(StreamType type) {
        throw handle(type);
    }
}
