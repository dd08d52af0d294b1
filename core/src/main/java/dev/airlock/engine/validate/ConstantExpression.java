package dev.airlock.engine.validate;

/**
 * A constant expression that is valid (core specification, section 3.4.14): its operators, in order. Instructions are opcodes
 * as {@link CodeSink} has them, each with what its operator needs in {@link #arguments}: a constant's raw bits (a vector's low
 * half), an index or a type's code; {@link #extras} has the high half of a vector, and the length of {@code array.new_fixed}.
 */
public record ConstantExpression(int[] opcodes, long[] arguments, long[] extras) {
    public static final int GLOBAL_GET = 0x23;
    public static final int I32_CONST = 0x41;
    public static final int I64_CONST = 0x42;
    public static final int F32_CONST = 0x43;
    public static final int F64_CONST = 0x44;
    public static final int REF_NULL = 0xD0;
    public static final int REF_FUNC = 0xD2;
    public static final int V128_CONST = 0xFD << 16 | 12;

    /** Whether it is one operator alone, of this kind. */
    public boolean isOnly(int opcode) {
        return opcodes.length == 1 && opcodes[0] == opcode;
    }
}
