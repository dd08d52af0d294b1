package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;
import dev.airlock.conformance.differential.OperatorTable.Operator;
import java.util.SplittableRandom;

/** Makes expressions of a given type. */
final class ExpressionGenerator {
    private static final int DEEPEST = 6;
    private static final String NUMBERS = "ilfdv";
    private static final int[] INTS = {0, 1, -1, 2, 31, 32, 127, 128, 255, 65_535, Integer.MIN_VALUE, Integer.MAX_VALUE
    };
    private static final long[] LONGS = {0, 1, -1, 63, 64, 0xFFFF_FFFFL, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final float[] FLOATS = {
        0f, -0f, 1f, -1f, 0.5f, 1e10f, -3.5f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, 16_777_217f
    };
    private static final double[] DOUBLES = {
        0, -0.0, 1, -1, 0.5, 2.5, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, 4_294_967_296.0
    };
    private static final long NAN_64 = 0x7FF8_0000_0000_0000L;
    private static final int NAN_32 = 0x7FC0_0000;

    private final FunctionGenerator function;
    private final SplittableRandom random;
    private final GuardGenerator guards;
    private final CollectedGenerator collected;
    private int depth;

    ExpressionGenerator(FunctionGenerator function) {
        this.function = function;
        this.random = function.random;
        this.guards = new GuardGenerator(function);
        this.collected = new CollectedGenerator(function, this);
    }

    CollectedGenerator collected() {
        return collected;
    }

    void all(String types) {
        for (char type : types.toCharArray()) {
            expression(type);
        }
    }

    void constants(String types) {
        for (char type : types.toCharArray()) {
            constant(type);
        }
    }

    void expression(char type) {
        if (function.isFull() || depth >= DEEPEST || function.chance(15)) {
            leaf(type);
            return;
        }
        depth++;
        switch (random.nextInt(16)) {
            case 0 -> {
                expression(type);
                function.op("local.tee").u(function.local(type));
            }
            case 1 -> {
                function.begin("block", "", String.valueOf(type));
                expression(type);
                function.endConstruct();
            }
            case 2 -> {
                expression('i');
                function.begin("if", "", String.valueOf(type));
                expression(type);
                function.op("else");
                expression(type);
                function.endConstruct();
            }
            case 3 -> select(type);
            case 4 -> call(type);
            case 5, 6 -> special(type);
            default -> {
                if (NUMBERS.indexOf(type) >= 0) {
                    operator(function.module.choice.of(String.valueOf(type)));
                } else {
                    special(type);
                }
            }
        }
        depth--;
    }

    private void select(char type) {
        expression(type);
        expression(type);
        expression('i');
        if (NUMBERS.indexOf(type) >= 0 && random.nextBoolean()) {
            function.op("select");
        } else {
            function.op("select_t").u(1);
            function.module.valueType(function.out, type);
        }
    }

    /** Calls a function before this one that gives one value of the type. */
    private void call(char type) {
        for (int i = function.index - 1; i >= 0; i--) {
            if (function.module.functions.get(i).results().equals(String.valueOf(type))) {
                all(function.module.functions.get(i).parameters());
                function.op("call").u(i);
                return;
            }
        }
        leaf(type);
    }

    /** What is of this type beside operators on numbers. */
    private void special(char type) {
        if (type == function.module.addressType() && random.nextInt(4) == 0) {
            if (random.nextInt(3) == 0) {
                index(1);
                function.op("memory.grow").raw(0);
            } else {
                function.op("memory.size").raw(0);
            }
        } else if (type == 'i') {
            integer();
        } else if (type == 'F' && random.nextBoolean()) {
            mask('i', 7);
            function.op("table.get").u(0);
        } else if (function.module.has("gc")) {
            collected.expression(type);
        } else {
            leaf(type);
        }
    }

    private void integer() {
        switch (random.nextInt(function.module.has("gc") ? 6 : function.module.has("atomic") ? 4 : 3)) {
            case 0 -> {
                expression(random.nextBoolean() ? 'F' : 'E');
                function.op("ref.is_null");
            }
            case 1 -> function.op("table.size").u(random.nextInt(2));
            case 2 -> {
                int table = random.nextInt(2);
                expression(table == 0 ? 'F' : 'E');
                mask('i', 1);
                function.op("table.grow").u(table);
            }
            case 3 -> await();
            default -> collected.expression('i');
        }
    }

    /** Waits for no time: the result is whether the value is the expected one. */
    private void await() {
        if (!function.module.has("atomic")) {
            leaf('i');
            return;
        }
        boolean isLong = random.nextBoolean();
        address(true);
        expression(isLong ? 'l' : 'i');
        function.op("i64.const").s(0);
        function.op(isLong ? "memory.atomic.wait64" : "memory.atomic.wait32")
                .u(isLong ? 3 : 2)
                .u(8);
    }

    /** Writes an operator with operands and immediates. */
    void operator(Operator operator) {
        boolean isAtomic = operator.proposal().equals("atomic");
        for (int i = 0; i < operator.parameters().length(); i++) {
            char parameter = operator.parameters().charAt(i);
            if (parameter == 'a') {
                address(isAtomic);
            } else {
                expression(parameter);
                guards.operand(operator, i);
            }
        }
        function.op(operator);
        WasmBytes out = function.out;
        if (operator.alignment() >= 0) {
            out.u(isAtomic ? operator.alignment() : random.nextInt(operator.alignment() + 1));
            out.u(
                    isAtomic
                            ? 8L * random.nextInt(8)
                            : function.chance(2) ? 65_500 + random.nextInt(50) : random.nextInt(64));
        }
        if (operator.lanes() > 0) {
            out.raw(random.nextInt(operator.lanes()));
        }
        for (int i = 0; operator.isShuffle() && i < 16; i++) {
            out.raw(random.nextInt(32));
        }
        canonical(operator.nan());
    }

    /** An address that is nearly always within the memory. */
    void address(boolean isAligned) {
        char type = function.module.addressType();
        expression(type);
        if (isAligned) {
            and(type, 0x7FF8);
        } else if (!function.chance(2)) {
            and(type, random.nextBoolean() ? 0xFF : 0x7FFF);
        }
    }

    /** A small number of the memory's address type. */
    void index(int mask) {
        mask(function.module.addressType(), mask);
    }

    void mask(char type, int mask) {
        expression(type);
        and(type, mask);
    }

    private void and(char type, int mask) {
        function.op(type == 'l' ? "i64.const" : "i32.const").s(mask);
        function.op(type == 'l' ? "i64.and" : "i32.and");
    }

    /** Replaces NaNs, whose bits differ between engines, by the canonical ones. */
    private void canonical(String type) {
        switch (type) {
            case "" -> {}
            case "f32", "f64" -> {
                boolean isFloat = type.equals("f32");
                int held = function.local(isFloat ? 'f' : 'd');
                function.op("local.tee").u(held);
                if (isFloat) {
                    function.op("f32.const").fixed(NAN_32, 4);
                } else {
                    function.op("f64.const").fixed(NAN_64, 8);
                }
                function.op("local.get").u(held);
                function.op("local.get").u(held);
                function.op(type + ".eq");
                function.op("select");
                function.op("local.tee").u(held);
            }
            default -> {
                int held = function.local('v');
                long lanes = type.equals("f64x2") ? NAN_64 : (long) NAN_32 << 32 | NAN_32;
                function.op("local.tee").u(held);
                function.op("v128.const").fixed(lanes, 8).fixed(lanes, 8);
                function.op("local.get").u(held);
                function.op("local.get").u(held);
                function.op(type + ".eq");
                function.op("v128.bitselect");
                function.op("local.tee").u(held);
            }
        }
    }

    void leaf(char type) {
        int global = function.global(type);
        switch (random.nextInt(global < 0 ? 4 : 5)) {
            case 0, 1 -> constant(type);
            case 4 -> function.op("global.get").u(global);
            default -> function.op("local.get").u(function.local(type));
        }
    }

    void constant(char type) {
        switch (type) {
            case 'i' ->
                function.op("i32.const").s(random.nextBoolean() ? random.nextInt() : INTS[random.nextInt(INTS.length)]);
            case 'l' ->
                function.op("i64.const")
                        .s(random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)]);
            case 'f' ->
                function.op("f32.const")
                        .fixed(
                                random.nextInt(3) == 0
                                        ? random.nextInt()
                                        : Float.floatToRawIntBits(FLOATS[random.nextInt(FLOATS.length)]),
                                4);
            case 'd' ->
                function.op("f64.const")
                        .fixed(
                                random.nextInt(3) == 0
                                        ? random.nextLong()
                                        : Double.doubleToRawLongBits(DOUBLES[random.nextInt(DOUBLES.length)]),
                                8);
            case 'v' -> function.op("v128.const").fixed(random.nextLong(), 8).fixed(random.nextLong(), 8);
            case 'F' -> {
                if (random.nextInt(3) == 0) {
                    nullReference(type);
                } else {
                    function.op("ref.func").u(random.nextInt(ModuleGenerator.callable()));
                }
            }
            case 'E', 'X' -> nullReference(type);
            default -> collected.constant(type);
        }
    }

    void nullReference(char type) {
        FunctionGenerator.heapType(function.module, function.op("ref.null"), type);
    }
}
