package dev.airlock.abi.form;

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
import java.util.List;

/**
 * The size and alignment of a value in linear memory, for 32-bit or 64-bit addresses (Canonical ABI, "Alignment" and "Element
 * Size"). Sizes saturate: {@link Layout} refuses those that do not fit a memory, and {@link #isTooLarge} those that the
 * component model does not allow.
 *
 * @param size in bytes, at most 2^48
 * @param alignment in bytes: 1, 2, 4 or 8
 */
public record ValueSize(long size, long alignment) {
    /** The exclusive upper bound of a value's size in a component, in bytes, with 64-bit addresses. */
    public static final long MAX = 1L << 28;

    private static final long SATURATED = 1L << 48;
    private static final Measure NARROW = new Measure(new ValueSize(8, 4));
    private static final Measure WIDE = new Measure(new ValueSize(16, 8));
    private static final ValueSize HANDLE = new ValueSize(4, 4);

    /** Returns whether values of a type are larger than the component model allows. It counts with 64-bit addresses. */
    public static boolean isTooLarge(ValType type) {
        return type.accept(WIDE).size >= MAX;
    }

    /** Returns the size with 32-bit addresses. */
    static ValueSize of(ValType type) {
        return type.accept(NARROW);
    }

    /** Returns the size of the number of a case: 1, 2 or 4 bytes. */
    static int discriminantSize(int cases) {
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** Returns the size of the bits of flags: 1, 2 or 4 bytes. */
    static int flagsSize(int flags) {
        return flags <= 8 ? 1 : flags <= 16 ? 2 : 4;
    }

    static long align(long offset, long alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private static ValueSize saturated(long size, long alignment) {
        return new ValueSize(Math.min(align(size, alignment), SATURATED), alignment);
    }

    /** @param pointerAndCount the size of a list or string */
    private record Measure(ValueSize pointerAndCount) implements ValType.Visitor<ValueSize> {
        /** Each part is measured once: measuring it twice would take 2^depth steps. */
        private ValueSize ofFields(List<? extends ValType> fields) {
            long end = 0;
            long alignment = 1;
            for (ValType field : fields) {
                ValueSize size = field.accept(this);
                end = Math.min(align(end, size.alignment) + size.size, SATURATED);
                alignment = Math.max(alignment, size.alignment);
            }
            return saturated(end, alignment);
        }

        private ValueSize ofCases(int cases, List<? extends ValType> payloads) {
            long discriminant = discriminantSize(cases);
            long alignment = 1;
            long largest = 0;
            for (ValType payload : payloads) {
                ValueSize size = payload.accept(this);
                largest = Math.max(largest, size.size);
                alignment = Math.max(alignment, size.alignment);
            }
            return saturated(align(discriminant, alignment) + largest, Math.max(discriminant, alignment));
        }

        @Override
        public ValueSize visitPrimitive(PrimitiveType type) {
            return switch (type) {
                case BOOL, S8, U8 -> new ValueSize(1, 1);
                case S16, U16 -> new ValueSize(2, 2);
                case S32, U32, F32, CHAR -> new ValueSize(4, 4);
                case S64, U64, F64 -> new ValueSize(8, 8);
                case STRING -> pointerAndCount;
                case ERROR_CONTEXT -> HANDLE;
            };
        }

        @Override
        public ValueSize visitList(ListType type) {
            Integer length = type.fixedLength();
            if (length == null) {
                return pointerAndCount;
            }
            ValueSize element = type.element().accept(this);
            boolean overflows = element.size > SATURATED / length;
            return new ValueSize(overflows ? SATURATED : length * element.size, element.alignment);
        }

        @Override
        public ValueSize visitRecord(RecordType type) {
            return ofFields(type.parts());
        }

        @Override
        public ValueSize visitTuple(TupleType type) {
            return ofFields(type.parts());
        }

        @Override
        public ValueSize visitVariant(VariantType type) {
            return ofCases(type.cases().size(), type.parts());
        }

        @Override
        public ValueSize visitEnum(EnumType type) {
            return ofCases(type.cases().size(), List.of());
        }

        @Override
        public ValueSize visitFlags(FlagsType type) {
            int size = flagsSize(type.flags().size());
            return new ValueSize(size, size);
        }

        @Override
        public ValueSize visitOption(OptionType type) {
            return ofCases(2, type.parts());
        }

        @Override
        public ValueSize visitResult(ResultType type) {
            return ofCases(2, type.parts());
        }

        @Override
        public ValueSize visitMap(MapType type) {
            return pointerAndCount;
        }

        @Override
        public ValueSize visitOwn(OwnType type) {
            return HANDLE;
        }

        @Override
        public ValueSize visitBorrow(BorrowType type) {
            return HANDLE;
        }

        @Override
        public ValueSize visitFuture(FutureType type) {
            return HANDLE;
        }

        @Override
        public ValueSize visitStream(StreamType type) {
            return HANDLE;
        }
    }
}
