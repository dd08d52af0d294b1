package dev.airlock.abi.form;

import dev.airlock.error.SignatureException;
import dev.airlock.type.ValType;
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
    /**
     * Returns the layout of a type.
     *
     * @throws SignatureException if a value would be larger than a memory, as only lists of fixed length can be
     */
    public static Layout of(ValType type) {
        ValueSize size = ValueSize.of(type);
        return new Layout(fits(size.size()), (int) size.alignment());
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
        return ValueSize.discriminantSize(cases);
    }

    /** Returns the bytes of flags: 1, 2 or 4. */
    static int flagsSize(int flags) {
        return ValueSize.flagsSize(flags);
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
            offsets[i] = fits(ValueSize.align(end, field.alignment));
            end = offsets[i] + (long) field.size;
        }
        return offsets;
    }

    private static int payloadStart(int cases, int alignment) {
        return (int) ValueSize.align(discriminantSize(cases), alignment);
    }

    private static int fits(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new SignatureException("a value would take " + size + " bytes, more than a memory has");
        }
        return (int) size;
    }
}
