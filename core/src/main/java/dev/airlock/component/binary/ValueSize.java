package dev.airlock.component.binary;

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
 * The size of a value in a memory with 64-bit addresses, by which the component model bounds all types (Canonical ABI,
 * "Element Size"). The layouts of {@code abi} give the actual sizes and offsets in a memory with 32-bit addresses; those
 * fail above 2 GiB, while these saturate.
 *
 * @param size in bytes
 * @param alignment in bytes
 */
public record ValueSize(long size, long alignment) {
    /** The exclusive upper bound of a value's size, in bytes. */
    public static final long MAX = 1L << 28;

    private static final ValueSize LIST = new ValueSize(16, 8);
    private static final ValueSize HANDLE = new ValueSize(4, 4);
    private static final Measure MEASURE = new Measure();

    public static boolean isTooLarge(ValType type) {
        return of(type).size >= MAX;
    }

    private static ValueSize of(ValType type) {
        return type.accept(MEASURE);
    }

    private static long align(long offset, long alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** Saturates, so that sums and products cannot overflow. */
    private static ValueSize bounded(long size, long alignment) {
        return new ValueSize(Math.min(align(size, alignment), 2 * MAX), alignment);
    }

    private static ValueSize ofFields(List<? extends ValType> fields) {
        long end = 0;
        long alignment = 1;
        for (ValType field : fields) {
            ValueSize size = of(field);
            end = Math.min(align(end, size.alignment) + size.size, 2 * MAX);
            alignment = Math.max(alignment, size.alignment);
        }
        return bounded(end, alignment);
    }

    private static ValueSize ofCases(int cases, List<? extends ValType> payloads) {
        long discriminant = cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
        long alignment = 1;
        long largest = 0;
        for (ValType payload : payloads) {
            ValueSize size = of(payload);
            largest = Math.max(largest, size.size);
            alignment = Math.max(alignment, size.alignment);
        }
        return bounded(align(discriminant, alignment) + largest, Math.max(discriminant, alignment));
    }

    private static final class Measure implements ValType.Visitor<ValueSize> {
        @Override
        public ValueSize visitPrimitive(PrimitiveType type) {
            return switch (type) {
                case BOOL, S8, U8 -> new ValueSize(1, 1);
                case S16, U16 -> new ValueSize(2, 2);
                case S32, U32, F32, CHAR -> new ValueSize(4, 4);
                case S64, U64, F64 -> new ValueSize(8, 8);
                case STRING -> LIST;
                case ERROR_CONTEXT -> HANDLE;
            };
        }

        @Override
        public ValueSize visitList(ListType type) {
            if (type.fixedLength() == null) {
                return LIST;
            }
            ValueSize element = of(type.element());
            return bounded(type.fixedLength() * element.size, element.alignment);
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
            int flags = type.flags().size();
            long size = flags <= 8 ? 1 : flags <= 16 ? 2 : 4;
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
            return LIST;
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
