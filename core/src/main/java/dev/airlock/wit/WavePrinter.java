package dev.airlock.wit;

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
import dev.airlock.type.ValuePath;
import dev.airlock.type.VariantValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints values in WAVE. Recurses, since types bound the depth of values. */
final class WavePrinter implements Value.Visitor<StringBuilder> {
    private final StringBuilder out;
    private final Primitives primitives = new Primitives();

    WavePrinter(StringBuilder out) {
        this.out = out;
    }

    @Override
    public StringBuilder visitPrimitive(PrimitiveValue value) {
        return append(value.accept(primitives));
    }

    @Override
    public StringBuilder visitList(ListValue value) {
        return sequence("[", value.values(), this::print, "]");
    }

    @Override
    public StringBuilder visitTuple(TupleValue value) {
        return sequence("(", value.elements(), this::print, ")");
    }

    @Override
    public StringBuilder visitMap(MapValue value) {
        return sequence(
                "[", value.pairs(), pair -> sequence("(", List.of(pair.key(), pair.value()), this::print, ")"), "]");
    }

    @Override
    public StringBuilder visitRecord(RecordValue value) {
        out.append('{');
        int start = out.length();
        for (int i = 0; i < value.fields().size(); i++) {
            Value field = value.fields().get(i);
            if (field instanceof OptionValue option && option.payload() == null) {
                continue;
            }
            out.append(out.length() == start ? "" : ", ");
            out.append(value.type().fields().get(i).name()).append(": ");
            print(field);
        }
        return append(out.length() == start ? ":}" : "}");
    }

    @Override
    public StringBuilder visitVariant(VariantValue value) {
        return withPayload(WaveWords.escape(value.caseName()), value.payload());
    }

    @Override
    public StringBuilder visitEnum(EnumValue value) {
        return append(WaveWords.escape(value.caseName()));
    }

    @Override
    public StringBuilder visitFlags(FlagsValue value) {
        return append("{" + String.join(", ", value.set()) + "}");
    }

    @Override
    public StringBuilder visitOption(OptionValue value) {
        return value.payload() == null ? append("none") : withPayload("some", value.payload());
    }

    @Override
    public StringBuilder visitResult(ResultValue value) {
        return withPayload(value.isOk() ? "ok" : "err", value.payload());
    }

    @Override
    public StringBuilder visitHandle(HandleValue value) {
        throw ValuePath.root()
                .refuse("a value of " + SourceText.cut(value.type().toString()) + " has no text");
    }

    private void print(Value value) {
        value.accept(this);
    }

    private StringBuilder append(String text) {
        return out.append(text);
    }

    private StringBuilder withPayload(String word, @Nullable Value payload) {
        out.append(word);
        return payload == null ? out : sequence("(", List.of(payload), this::print, ")");
    }

    private <T> StringBuilder sequence(String open, List<T> pieces, Consumer<T> print, String close) {
        out.append(open);
        String comma = "";
        for (T piece : pieces) {
            out.append(comma);
            print.accept(piece);
            comma = ", ";
        }
        return append(close);
    }

    private static final class Primitives implements PrimitiveValue.Visitor<String> {
        @Override
        public String visitBool(PrimitiveValue.Bool value) {
            return Boolean.toString(value.value());
        }

        @Override
        public String visitS8(PrimitiveValue.S8 value) {
            return Byte.toString(value.value());
        }

        @Override
        public String visitU8(PrimitiveValue.U8 value) {
            return Integer.toString(value.value());
        }

        @Override
        public String visitS16(PrimitiveValue.S16 value) {
            return Short.toString(value.value());
        }

        @Override
        public String visitU16(PrimitiveValue.U16 value) {
            return Integer.toString(value.value());
        }

        @Override
        public String visitS32(PrimitiveValue.S32 value) {
            return Integer.toString(value.value());
        }

        @Override
        public String visitU32(PrimitiveValue.U32 value) {
            return Integer.toUnsignedString(value.bits());
        }

        @Override
        public String visitS64(PrimitiveValue.S64 value) {
            return Long.toString(value.value());
        }

        @Override
        public String visitU64(PrimitiveValue.U64 value) {
            return Long.toUnsignedString(value.bits());
        }

        @Override
        public String visitF32(PrimitiveValue.F32 value) {
            return Floats.print(value.value());
        }

        @Override
        public String visitF64(PrimitiveValue.F64 value) {
            return Floats.print(value.value());
        }

        @Override
        public String visitChar(PrimitiveValue.Char value) {
            return quoted(Character.toString(value.codePoint()), '\'');
        }

        @Override
        public String visitText(PrimitiveValue.Text value) {
            return quoted(value.value(), '"');
        }

        private static String quoted(String text, char quote) {
            StringBuilder quoted = new StringBuilder(text.length() + 2);
            Quoted.print(text, quote, quoted);
            return quoted.toString();
        }
    }
}
