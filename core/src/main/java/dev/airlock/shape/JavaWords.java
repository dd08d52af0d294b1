package dev.airlock.shape;

import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;

/** What Java has for a WIT type, in the words of errors. */
final class JavaWords implements ValType.Visitor<String> {
    private static final JavaWords WORDS = new JavaWords();
    private static final String NOT_YET = "not supported yet";

    private JavaWords() {}

    static String of(ValType type) {
        return type.accept(WORDS);
    }

    @Override
    public String visitPrimitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> "boolean";
            case S8 -> "byte";
            case U8 -> "int or byte";
            case S16 -> "short";
            case U16 -> "int or short";
            case S32, U32 -> "int";
            case S64, U64 -> "long";
            case F32 -> "float";
            case F64 -> "double";
            case CHAR -> "int, a code point";
            case STRING -> "String";
            case ERROR_CONTEXT -> NOT_YET;
        };
    }

    @Override
    public String visitList(ListType type) {
        if (type.fixedLength() != null) {
            return NOT_YET;
        }
        if (type.element() instanceof PrimitiveType primitive) {
            Class<?> array = ScalarRules.arrayOf(primitive);
            if (array != null) {
                return (array == short[].class && primitive == PrimitiveType.U16 ? "@U16 " : "")
                        + array.getSimpleName();
            }
        }
        return "List";
    }

    @Override
    public String visitRecord(RecordType type) {
        return "a record";
    }

    @Override
    public String visitTuple(TupleType type) {
        return "a record with @Tuple";
    }

    @Override
    public String visitVariant(VariantType type) {
        return "a sealed interface of records";
    }

    @Override
    public String visitEnum(EnumType type) {
        return "an enum";
    }

    @Override
    public String visitFlags(FlagsType type) {
        return "EnumSet";
    }

    @Override
    public String visitOption(OptionType type) {
        return "Optional or @Nullable";
    }

    @Override
    public String visitResult(ResultType type) {
        return "Result, or, as what a method returns, a checked exception";
    }

    @Override
    public String visitMap(MapType type) {
        return "Map";
    }

    @Override
    public String visitOwn(OwnType type) {
        return "an interface or class that is AutoCloseable";
    }

    @Override
    public String visitBorrow(BorrowType type) {
        return "an interface or class that is AutoCloseable";
    }

    @Override
    public String visitFuture(FutureType type) {
        return NOT_YET;
    }

    @Override
    public String visitStream(StreamType type) {
        return NOT_YET;
    }
}
