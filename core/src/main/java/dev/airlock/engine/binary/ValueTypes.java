package dev.airlock.engine.binary;

/**
 * Value types as {@code int} codes (core specification, section 2.3.5), so that validation compares and stores them without
 * objects. Types of numbers and vectors are their byte in the binary format. A reference type is negative:
 *
 * <pre>
 *  31   30        29..0
 * ┌───┬──────────┬──────────────────────────────────────────┐
 * │ 1 │ nullable │ heap type: a type index of the module,   │
 * │   │          │ or ABSTRACT | its byte                   │
 * └───┴──────────┴──────────────────────────────────────────┘
 * </pre>
 */
public final class ValueTypes {
    /** The type of what unreachable code leaves; never in a module. */
    public static final int BOTTOM = 0;

    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;
    public static final int F32 = 0x7D;
    public static final int F64 = 0x7C;
    public static final int V128 = 0x7B;

    /** Packed field types; never on the operand stack. */
    public static final int I8 = 0x78;

    public static final int I16 = 0x77;

    /** Set in the heap type of a reference if it is abstract; its low byte is then one of the bytes below. */
    public static final int ABSTRACT = 0x2000_0000;

    public static final int HEAP_NOEXN = ABSTRACT | 0x74;
    public static final int HEAP_NOFUNC = ABSTRACT | 0x73;
    public static final int HEAP_NOEXTERN = ABSTRACT | 0x72;
    public static final int HEAP_NONE = ABSTRACT | 0x71;
    public static final int HEAP_FUNC = ABSTRACT | 0x70;
    public static final int HEAP_EXTERN = ABSTRACT | 0x6F;
    public static final int HEAP_ANY = ABSTRACT | 0x6E;
    public static final int HEAP_EQ = ABSTRACT | 0x6D;
    public static final int HEAP_I31 = ABSTRACT | 0x6C;
    public static final int HEAP_STRUCT = ABSTRACT | 0x6B;
    public static final int HEAP_ARRAY = ABSTRACT | 0x6A;
    public static final int HEAP_EXN = ABSTRACT | 0x69;

    private static final int REFERENCE = 0x8000_0000;
    private static final int NULLABLE = 0x4000_0000;
    private static final int HEAP = 0x3FFF_FFFF;

    public static final int FUNCREF = REFERENCE | NULLABLE | HEAP_FUNC;
    public static final int EXTERNREF = REFERENCE | NULLABLE | HEAP_EXTERN;
    public static final int EXNREF = REFERENCE | NULLABLE | HEAP_EXN;

    private ValueTypes() {}

    public static int reference(boolean nullable, int heapType) {
        return REFERENCE | (nullable ? NULLABLE : 0) | heapType;
    }

    public static boolean isReference(int type) {
        return type < 0;
    }

    public static boolean isNullable(int type) {
        return (type & NULLABLE) != 0;
    }

    /** Returns the heap type of a reference type: a type index, or one of the {@code HEAP_} constants. */
    public static int heapType(int type) {
        return type & HEAP;
    }

    public static boolean isAbstract(int heapType) {
        return (heapType & ABSTRACT) != 0;
    }

    /**
     * Returns how the JVM carries values of a type.
     *
     * @return I, J, F or D as in descriptors; V for a vector, which is two longs, low half first; L for a reference
     */
    public static char carrier(int type) {
        return switch (type) {
            case I32, I8, I16 -> 'I';
            case I64 -> 'J';
            case F32 -> 'F';
            case F64 -> 'D';
            case V128 -> 'V';
            default -> 'L';
        };
    }
}
