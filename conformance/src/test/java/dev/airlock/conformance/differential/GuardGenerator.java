package dev.airlock.conformance.differential;

import dev.airlock.conformance.differential.OperatorTable.Operator;

/** Restricts operands: to what rarely traps, and of relaxed operators to what every engine answers alike. */
final class GuardGenerator {
    /** How often an operand that may trap is restricted, in percent. */
    private static final int USUALLY = 95;

    private static final long BYTES = 0x0101_0101_0101_0101L;
    private static final long INTS = 0x0000_0001_0000_0001L;

    private final FunctionGenerator function;

    GuardGenerator(FunctionGenerator function) {
        this.function = function;
    }

    /** Restricts the operand that was written last. */
    void operand(Operator operator, int index) {
        switch (operator.guard()) {
            case "divisor" -> {
                if (index == 1 && function.chance(USUALLY)) {
                    boolean isLong = operator.result().equals("l");
                    function.op(isLong ? "i64.const" : "i32.const").s(1);
                    function.op(isLong ? "i64.or" : "i32.or");
                }
            }
            case "range" -> {
                if (function.chance(USUALLY)) {
                    inRange(operator.parameters().equals("f") ? "f32" : "f64");
                }
            }
            // Small whole numbers: no rounding, no NaN and no negative zero.
            case "f32x4" -> {
                and(0xFFF * INTS);
                function.op("f32x4.convert_i32x4_s");
            }
            case "f64x2" -> {
                and(0xFF_FFFF * INTS);
                function.op("f64x2.convert_low_i32x4_s");
            }
            case "swizzle" -> {
                if (index == 1) {
                    and(0x0F * BYTES);
                }
            }
            case "q15" -> {
                if (index == 0) {
                    and(0x7FFF_7FFF_7FFF_7FFFL);
                }
            }
            case "dot" -> {
                if (index == 1) {
                    and(0x7F * BYTES);
                }
            }
            case "" -> {}
            default -> {
                // A mask with lanes of equal bits.
                if (index == 2) {
                    function.op("v128.const").fixed(BYTES, 8).fixed(BYTES, 8);
                    function.op(operator.guard().substring("select-".length()) + ".lt_s");
                }
            }
        }
    }

    private void and(long half) {
        function.op("v128.const").fixed(half, 8).fixed(half, 8);
        function.op("v128.and");
    }

    /** Makes a float a number from 0.5 to 65,535.5. */
    private void inRange(String type) {
        function.op("i32.trunc_sat_" + type + "_u");
        function.op("i32.const").s(0xFFFF);
        function.op("i32.and");
        function.op(type + ".convert_i32_u");
        if (type.equals("f32")) {
            function.op("f32.const").fixed(Float.floatToIntBits(0.5f), 4);
        } else {
            function.op("f64.const").fixed(Double.doubleToLongBits(0.5), 8);
        }
        function.op(type + ".add");
    }
}
