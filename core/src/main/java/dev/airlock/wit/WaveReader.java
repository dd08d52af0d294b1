package dev.airlock.wit;

import dev.airlock.error.Nearest;
import dev.airlock.error.ValueException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads values in WAVE, led by the type: the same text can be a record or the payload of a variant, and only the type
 * tells which. Recurses, since types bound the depth of values.
 */
final class WaveReader {
    private final Cursor cursor;
    private final WaveScalars scalars;

    WaveReader(Cursor cursor) {
        this.cursor = cursor;
        this.scalars = new WaveScalars(cursor);
    }

    /** Reads the next value. */
    Value read(ValType type, ValuePath path) {
        return type.accept(new ByType(path));
    }

    /** Returns the error for a value that does not fit, with its path and its place in the text. */
    private ValueException refuse(ValuePath path, int start, String reason) {
        return path.refuse(reason + " (" + cursor.source().place(start) + ")");
    }

    /** Gives the errors of the values' constructors a place in the text. */
    private <T> T placed(int start, Supplier<T> make) {
        try {
            return make.get();
        } catch (ValueException e) {
            throw new ValueException(e.getMessage() + " (" + cursor.source().place(start) + ")");
        }
    }

    /** Reads pieces separated by commas, from after the opening bracket to after the closing one. */
    private void pieces(String close, IntConsumer piece) {
        for (int i = 0; !cursor.accept(close); i++) {
            piece.accept(i);
            if (!cursor.accept(",") && !cursor.at(close)) {
                throw cursor.expected("\",\" or \"" + close + "\"");
            }
        }
    }

    /** Reads a label, without its leading {@code %}. */
    private String label(String what) {
        boolean escaped = cursor.accept("%");
        String word = escaped && !Cursor.isWordPart(cursor.here()) ? "" : cursor.word();
        if (word.isEmpty()) {
            throw cursor.expected(what);
        }
        return word;
    }

    /** Reads the label of a case, which must not be a keyword. */
    private String caseLabel(ValuePath path, ValType type) {
        int start = cursor.skipBlank();
        String word = cursor.peekWord();
        if (!cursor.at("%") && (word.isEmpty() || !Character.isLetter(word.charAt(0)))) {
            throw mismatch(path, type);
        }
        if (WaveWords.isKeyword(word)) {
            throw refuse(
                    path,
                    start,
                    "takes " + SourceText.cut(type.toString()) + ", got the keyword \"" + word
                            + "\"; a case of that name is written %" + word);
        }
        return label("a case");
    }

    private ValueException mismatch(ValuePath path, ValType type) {
        int start = cursor.skipBlank();
        String bare = scalars.bareText(type);
        return refuse(
                path,
                start,
                bare.isEmpty() ? "takes " + SourceText.cut(type.toString()) + ", got " + scalars.kindOfNext() : bare);
    }

    private void open(String bracket, ValuePath path, ValType type) {
        if (!cursor.accept(bracket)) {
            throw mismatch(path, type);
        }
    }

    private final class ByType implements ValType.Visitor<Value> {
        private final ValuePath path;

        ByType(ValuePath path) {
            this.path = path;
        }

        @Override
        public Value visitPrimitive(PrimitiveType type) {
            int start = cursor.skipBlank();
            Value value = type == PrimitiveType.ERROR_CONTEXT ? null : placed(start, () -> scalars.read(type, path));
            if (value == null) {
                throw type == PrimitiveType.ERROR_CONTEXT ? noText(type) : mismatch(path, type);
            }
            return value;
        }

        @Override
        public Value visitList(ListType type) {
            int start = cursor.skipBlank();
            open("[", path, type);
            List<Value> values = new ArrayList<>();
            pieces("]", i -> values.add(read(type.element(), path.index(i))));
            return placed(start, () -> ListValue.of(type, values, path));
        }

        @Override
        public Value visitRecord(RecordType type) {
            int start = cursor.skipBlank();
            open("{", path, type);
            @Nullable Value[] values = new Value[type.fields().size()];
            if (cursor.accept(":")) {
                cursor.expect("}");
            } else if (cursor.accept("}")) {
                throw refuse(
                        path,
                        start,
                        "takes " + SourceText.cut(type.toString())
                                + ", got flags: a record without fields is written {:}");
            } else {
                pieces("}", i -> field(type, values));
            }
            List<Value> fields = new ArrayList<>(values.length);
            for (int i = 0; i < values.length; i++) {
                RecordType.Field field = type.fields().get(i);
                Value value = values[i];
                if (value == null && field.type() instanceof OptionType option) {
                    value = new OptionValue(option, null);
                }
                if (value == null) {
                    throw refuse(path, start, "the field \"" + field.name() + "\" is missing");
                }
                fields.add(value);
            }
            return new RecordValue(type, fields);
        }

        private void field(RecordType type, @Nullable Value[] values) {
            int start = cursor.skipBlank();
            String name = label(cursor.at("\"") ? "a field's name, without quotes" : "a field's name");
            int index = type.indexOf(name);
            if (index < 0) {
                throw refuse(
                        path,
                        start,
                        SourceText.cut(type.toString()) + " has no field " + SourceText.quote(name)
                                + Nearest.hint(
                                        name,
                                        type.fields().stream()
                                                .map(RecordType.Field::name)
                                                .toList()));
            }
            if (values[index] != null) {
                throw refuse(path, start, "the field \"" + name + "\" is given twice");
            }
            cursor.expect(":");
            values[index] = read(type.fields().get(index).type(), path.field(name));
        }

        @Override
        public Value visitTuple(TupleType type) {
            int start = cursor.skipBlank();
            open("(", path, type);
            int count = type.elements().size();
            List<Value> values = new ArrayList<>(count);
            pieces(")", i -> {
                if (i == count) {
                    throw refuse(path, start, "takes " + count + " elements, got more");
                }
                values.add(read(type.elements().get(i), path.element(i)));
            });
            return placed(start, () -> TupleValue.of(type, values, path));
        }

        @Override
        public Value visitVariant(VariantType type) {
            int start = cursor.skipBlank();
            String name = caseLabel(path, type);
            int index = type.indexOf(name);
            ValType payloadType = index < 0 ? null : type.cases().get(index).payload();
            // The constructor of the value refuses an unknown case and a missing payload.
            if (payloadType == null) {
                Value bare = placed(start, () -> VariantValue.of(type, name, null, path));
                refusePayload(name);
                return bare;
            }
            Value payload = payload(name, payloadType, path.payload(name));
            return placed(start, () -> VariantValue.of(type, name, payload, path));
        }

        private Value payload(String word, ValType type, ValuePath inside) {
            if (!cursor.accept("(")) {
                throw refuse(
                        path,
                        cursor.skipBlank(),
                        "\"" + word + "\" carries " + SourceText.cut(type.toString()) + ", as in " + word + "(…)");
            }
            Value payload = read(type, inside);
            cursor.expect(")");
            return payload;
        }

        private void refusePayload(String word) {
            if (cursor.at("(")) {
                throw refuse(path, cursor.offset(), "\"" + word + "\" carries no value");
            }
        }

        @Override
        public Value visitEnum(EnumType type) {
            int start = cursor.skipBlank();
            String name = caseLabel(path, type);
            return placed(start, () -> EnumValue.of(type, name, path));
        }

        @Override
        public Value visitFlags(FlagsType type) {
            int start = cursor.skipBlank();
            open("{", path, type);
            Set<String> set = new LinkedHashSet<>();
            pieces("}", i -> {
                int at = cursor.skipBlank();
                String flag = label("a flag");
                if (!set.add(flag)) {
                    throw refuse(path, at, "the flag " + SourceText.quote(flag) + " is given twice");
                }
            });
            return placed(start, () -> FlagsValue.of(type, set, path));
        }

        @Override
        public Value visitOption(OptionType type) {
            String word = cursor.peekWord();
            if (word.equals("none")) {
                cursor.word();
                refusePayload("none");
                return new OptionValue(type, null);
            }
            if (word.equals("some")) {
                cursor.word();
                return new OptionValue(type, payload("some", type.payload(), path.some()));
            }
            refuseFlat(type, type.payload(), "some(…) or none");
            return new OptionValue(type, read(type.payload(), path.some()));
        }

        @Override
        public Value visitResult(ResultType type) {
            String word = cursor.peekWord();
            boolean isOk = word.equals("ok");
            if (isOk || word.equals("err")) {
                cursor.word();
                ValType payload = isOk ? type.ok() : type.err();
                if (payload == null) {
                    refusePayload(word);
                    return new ResultValue(type, isOk, null);
                }
                return new ResultValue(type, isOk, payload(word, payload, isOk ? path.ok() : path.err()));
            }
            ValType ok = type.ok();
            if (ok == null) {
                throw refuse(path, cursor.skipBlank(), "takes ok or err, got " + scalars.kindOfNext());
            }
            refuseFlat(type, ok, "ok(…) or err");
            return new ResultValue(type, true, read(ok, path.ok()));
        }

        /** Refuses a payload that stands alone although it could be mistaken for the whole. */
        private void refuseFlat(ValType type, ValType payload, String words) {
            if (payload instanceof OptionType || payload instanceof ResultType) {
                throw refuse(
                        path,
                        cursor.skipBlank(),
                        "takes " + words + ", got " + scalars.kindOfNext() + ": in " + SourceText.cut(type.toString())
                                + " the word cannot be left out");
            }
        }

        @Override
        public Value visitMap(MapType type) {
            int start = cursor.skipBlank();
            open("[", path, type);
            List<MapValue.Pair> pairs = new ArrayList<>();
            TupleType pairType = new TupleType(List.of(type.key(), type.value()));
            pieces("]", i -> {
                open("(", path.index(i), pairType);
                Value key = read(type.key(), path.index(i).key());
                cursor.expect(",");
                Value value = read(type.value(), path.index(i).value());
                cursor.accept(",");
                cursor.expect(")");
                pairs.add(new MapValue.Pair(key, value));
            });
            return placed(start, () -> MapValue.of(type, pairs, path));
        }

        @Override
        public Value visitOwn(OwnType type) {
            throw noText(type);
        }

        @Override
        public Value visitBorrow(BorrowType type) {
            throw noText(type);
        }

        @Override
        public Value visitFuture(FutureType type) {
            throw noText(type);
        }

        @Override
        public Value visitStream(StreamType type) {
            throw noText(type);
        }

        private ValueException noText(ValType type) {
            return refuse(path, cursor.skipBlank(), "a value of " + SourceText.cut(type.toString()) + " has no text");
        }
    }
}
