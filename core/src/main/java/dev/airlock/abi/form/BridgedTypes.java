package dev.airlock.abi.form;

import dev.airlock.shape.ScalarForm;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.ListType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of types whose values go from one guest straight to another. */
public final class BridgedTypes {
    private BridgedTypes() {}

    /** Returns the payload types of a type's cases, null for a case without one; null for a type without cases. */
    public static @Nullable List<@Nullable ValType> cases(ValType type) {
        if (type instanceof VariantType variant) {
            var cases = new ArrayList<@Nullable ValType>();
            variant.cases().forEach(one -> cases.add(one.payload()));
            return cases;
        } else if (type instanceof EnumType enumeration) {
            return Arrays.asList(new @Nullable ValType[enumeration.cases().size()]);
        } else if (type instanceof OptionType option) {
            return Arrays.asList(null, option.payload());
        }
        return type instanceof ResultType result ? Arrays.asList(result.ok(), result.err()) : null;
    }

    /** Returns the parts of a type that lie side by side; null for a type without such parts. */
    public static @Nullable List<ValType> parts(ValType type) {
        if (type instanceof RecordType || type instanceof TupleType) {
            return type.parts();
        }
        return type instanceof ListType list && list.fixedLength() != null
                ? Collections.nCopies(list.fixedLength(), list.element())
                : null;
    }

    public static String names(ValType type, int index) {
        if (type instanceof RecordType record) {
            return "." + record.fields().get(index).name();
        }
        return type instanceof ListType ? "[" + index + "]" : "." + index;
    }

    /**
     * Returns whether a value can be copied as bytes: every bit pattern is valid, and no padding lies between its
     * parts, which would show the receiver what the sender's memory held there before. Floats can be: any NaN may
     * become any other.
     */
    public static boolean isPlain(ValType type) {
        if (type instanceof PrimitiveType primitive) {
            return switch (primitive) {
                case S8, U8, S16, U16, S32, U32, S64, U64, F32, F64 -> true;
                case BOOL, CHAR, STRING, ERROR_CONTEXT -> false;
            };
        } else if (type instanceof ListType list) {
            return list.fixedLength() != null && isPlain(list.element());
        } else if (type instanceof RecordType || type instanceof TupleType) {
            long sum = type.parts().stream().mapToLong(Layout::sizeOf).sum();
            return sum == Layout.sizeOf(type) && type.parts().stream().allMatch(BridgedTypes::isPlain);
        }
        return false;
    }

    public static boolean isHandle(ValType type) {
        return type instanceof OwnType || type instanceof BorrowType;
    }

    public static ScalarForm scalar(PrimitiveType type) {
        return ScalarForm.valueOf(type.name());
    }
}
