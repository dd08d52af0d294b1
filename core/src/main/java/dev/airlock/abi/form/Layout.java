package dev.airlock.abi.form;

import dev.airlock.error.SignatureException;
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
 * How many bytes a value takes in linear memory, and where those of its parts lie (Canonical ABI, "Alignment" and
 * "Element Size"). Memory is addressed by i32. What is outside of it, such as the characters of a string, is not counted.
 *
 * <pre>{@code
 * record { a: u8, b: u32, c: u16 }        variant { x(u64), y(u8), z }
 *
 * 0   1       4           8   10  12      0   1               8               16
 * ┌───┬───────┬───────────┬───┬───┐       ┌───┬───────────────┬───────────────┐
 * │ a │       │     b     │ c │   │       │ n │               │ x, or y, or - │   n: the number of the case
 * └───┴───────┴───────────┴───┴───┘       └───┴───────────────┴───────────────┘
 * }</pre>
 *
 * @param size in bytes, a multiple of the alignment
 * @param alignment in bytes: 1, 2, 4 or 8
 */
public record Layout(int size, int alignment) {
    private static final Measure MEASURE = new Measure();
    private static final Layout POINTER_AND_COUNT = new Layout(8, 4);
    private static final Layout HANDLE = new Layout(4, 4);

    /**
     * Returns the layout of a type.
     *
     * @throws SignatureException if a value would be larger than a memory, as only lists of fixed length can be
     */
    public static Layout of(ValType type) {
        return type.accept(MEASURE);
    }

    /** Returns the bytes that a value takes: the distance from one element of a list to the next. */
    public static int sizeOf(ValType type) {
        return of(type).size;
    }

    /** Returns the alignment: a value's offset is a multiple of it. */
    public static int alignmentOf(ValType type) {
        return of(type).alignment;
    }

    /** Returns the bytes of the case number: 1, 2 or 4. */
    public static int discriminantSize(int cases) {
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    /** Returns the bytes of flags: 1, 2 or 4. */
    static int flagsSize(int flags) {
        return flags <= 8 ? 1 : flags <= 16 ? 2 : 4;
    }

    /** Returns where the fields of a record, or the elements of a tuple, start: bytes from its own start. */
    public static int[] offsets(List<? extends ValType> fields) {
        return place(layouts(fields));
    }

    /**
     * Returns where the payload of a case starts: bytes from the variant's own start.
     *
     * @param cases their number
     * @param payloads the types of those cases that have one
     */
    public static int payloadOffset(int cases, List<? extends ValType> payloads) {
        return payloadStart(cases, strictest(layouts(payloads)));
    }

    /** Measures each part once. To measure it twice would take time exponential in the depth of the type. */
    private static List<Layout> layouts(List<? extends ValType> types) {
        return types.stream().map(Layout::of).toList();
    }

    private static int strictest(List<Layout> parts) {
        return parts.stream().mapToInt(Layout::alignment).max().orElse(1);
    }

    private static int[] place(List<Layout> fields) {
        int[] offsets = new int[fields.size()];
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            Layout field = fields.get(i);
            offsets[i] = fits(align(end, field.alignment));
            end = offsets[i] + (long) field.size;
        }
        return offsets;
    }

    private static int payloadStart(int cases, int alignment) {
        return (int) align(discriminantSize(cases), alignment);
    }

    private static Layout ofRecord(List<? extends ValType> types) {
        List<Layout> fields = layouts(types);
        int alignment = strictest(fields);
        int last = fields.size() - 1;
        long end = place(fields)[last] + (long) fields.get(last).size;
        return new Layout(fits(align(end, alignment)), alignment);
    }

    private static Layout ofVariant(int cases, List<? extends ValType> types) {
        List<Layout> payloads = layouts(types);
        int payloadAlignment = strictest(payloads);
        int alignment = Math.max(discriminantSize(cases), payloadAlignment);
        int largest = payloads.stream().mapToInt(Layout::size).max().orElse(0);
        long end = payloadStart(cases, payloadAlignment) + (long) largest;
        return new Layout(fits(align(end, alignment)), alignment);
    }

    private static long align(long offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    private static int fits(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new SignatureException("a value would take " + size + " bytes, more than a memory has");
        }
        return (int) size;
    }

    private static final class Measure implements ValType.Visitor<Layout> {
        @Override
        public Layout visitPrimitive(PrimitiveType type) {
            return switch (type) {
                case BOOL, S8, U8 -> new Layout(1, 1);
                case S16, U16 -> new Layout(2, 2);
                case S32, U32, F32, CHAR -> new Layout(4, 4);
                case S64, U64, F64 -> new Layout(8, 8);
                case STRING -> POINTER_AND_COUNT;
                case ERROR_CONTEXT -> HANDLE;
            };
        }

        @Override
        public Layout visitList(ListType type) {
            if (type.fixedLength() == null) {
                return POINTER_AND_COUNT;
            }
            Layout element = of(type.element());
            return new Layout(fits((long) type.fixedLength() * element.size), element.alignment);
        }

        @Override
        public Layout visitRecord(RecordType type) {
            return ofRecord(type.parts());
        }

        @Override
        public Layout visitTuple(TupleType type) {
            return ofRecord(type.elements());
        }

        @Override
        public Layout visitVariant(VariantType type) {
            return ofVariant(type.cases().size(), type.parts());
        }

        @Override
        public Layout visitEnum(EnumType type) {
            return ofVariant(type.cases().size(), List.of());
        }

        @Override
        public Layout visitFlags(FlagsType type) {
            int size = flagsSize(type.flags().size());
            return new Layout(size, size);
        }

        @Override
        public Layout visitOption(OptionType type) {
            return ofVariant(2, type.parts());
        }

        @Override
        public Layout visitResult(ResultType type) {
            return ofVariant(2, type.parts());
        }

        @Override
        public Layout visitMap(MapType type) {
            return POINTER_AND_COUNT;
        }

        @Override
        public Layout visitOwn(OwnType type) {
            return HANDLE;
        }

        @Override
        public Layout visitBorrow(BorrowType type) {
            return HANDLE;
        }

        @Override
        public Layout visitFuture(FutureType type) {
            return HANDLE;
        }

        @Override
        public Layout visitStream(StreamType type) {
            return HANDLE;
        }
    }
}
