package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pairs of comparisons that C2 of JDK 17 folds into one wrongly (JDK-8376400): a small function, which has seen all values, says
 * by 1 or 0 whether its parameter is within a bound. Its caller, which has seen only values within both bounds, tests that, and
 * then compares the parameter with the other bound. With comparisons of ints, up to 20 of 256 pairs are wrong.
 */
class CompiledComparisonTest {
    private static final byte EQZ = 0x45;
    private static final int PAIRS = 256;
    private static final int LEAST = -4;
    private static final int MOST = 24;
    private static final int OUT_OF_FIRST = 1000;
    private static final int OUT_OF_SECOND = 2000;
    private static final int WITHIN = 3000;
    private static final long WARM_UP_NANOS = 1_500_000_000L;

    /** Which bounds, and the first of the opcodes that may be drawn, with the distance to the next. */
    enum Bounds {
        SIGNED(4, 0x48, 2),
        UNSIGNED(4, 0x49, 2),
        ZERO(4, 0x48, 2),
        EQUALITY(6, 0x46, 1);

        private final int count;
        private final int first;
        private final int distance;

        Bounds(int count, int first, int distance) {
            this.count = count;
            this.first = first;
            this.distance = distance;
        }

        private Bound draw(Random random) {
            int[] constants = {-1, 0, 1, 7, 8, 15, 16};
            return new Bound(
                    first + distance * random.nextInt(count),
                    this == ZERO ? 0 : constants[random.nextInt(constants.length)],
                    random.nextBoolean());
        }
    }

    /** @param isLeft whether the constant is the left operand */
    private record Bound(int opcode, int constant, boolean isLeft) {
        boolean excludes(int x) {
            int a = isLeft ? constant : x;
            int b = isLeft ? x : constant;
            return switch (opcode) {
                case 0x46 -> a == b;
                case 0x47 -> a != b;
                case 0x48 -> a < b;
                case 0x49 -> Integer.compareUnsigned(a, b) < 0;
                case 0x4A -> a > b;
                case 0x4B -> Integer.compareUnsigned(a, b) > 0;
                case 0x4C -> a <= b;
                case 0x4D -> Integer.compareUnsigned(a, b) <= 0;
                case 0x4E -> a >= b;
                default -> Integer.compareUnsigned(a, b) >= 0;
            };
        }

        byte[] code() {
            byte[] number = {0x41, (byte) (constant & 0x7F)};
            byte[] x = {0x20, 0};
            return Binary.concat(isLeft ? number : x, isLeft ? x : number, new byte[] {(byte) opcode});
        }
    }

    private record Pair(Bound first, Bound second) {
        int answer(int x) {
            return first.excludes(x) ? OUT_OF_FIRST : second.excludes(x) ? OUT_OF_SECOND : WITHIN;
        }

        boolean hasWithin() {
            for (int x = LEAST; x <= MOST; x++) {
                if (answer(x) == WITHIN) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Gives 1 or 0 for a number, in one of four ways. */
    private static byte[] told(int way, byte[] number) {
        byte[][] around = switch (way) {
            case 0 -> new byte[][] {{}, {0x04, 0x7F, 0x41, 1, 0x05, 0x41, 0, 0x0B}}; // if
            case 1 -> new byte[][] {{}, {}};
            case 2 -> new byte[][] {{0x41, 1, 0x41, 0}, {0x1B}}; // select
            default -> new byte[][] {{0x02, 0x7F, 0x41, 1}, {0x0D, 0, 0x1A, 0x41, 0, 0x0B}}; // block, br_if
        };
        return Binary.concat(around[0], number, around[1], new byte[] {0x0B});
    }

    /** Must be public for the engine to implement it. */
    public interface Numbered {
        int call(int x);
    }

    @ParameterizedTest
    @EnumSource
    void twoBoundsAreHeededOnceTheirFunctionsAreHot(Bounds bounds) {
        var random = new Random(11);
        List<Pair> pairs = new ArrayList<>();
        while (pairs.size() < PAIRS) {
            Pair pair = new Pair(bounds.draw(random), bounds.draw(random));
            if (pair.hasWithin()) {
                pairs.add(pair);
            }
        }
        Instance instance = new Linker().instantiate(Engine.create().compile("bounds.wasm", module(pairs)));
        List<Numbered> callers = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            callers.add(instance.function("caller" + i, Numbered.class));
            Numbered told = instance.function("told" + i, Numbered.class);
            for (int call = 0; call < 40 * (MOST - LEAST + 1); call++) {
                told.call(LEAST + call % (MOST - LEAST + 1));
            }
        }
        List<String> wrong = new ArrayList<>();
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            for (int i = 0; i < PAIRS; i++) {
                compare(pairs.get(i), callers.get(i), true, wrong);
            }
        }
        for (int i = 0; i < PAIRS; i++) {
            compare(pairs.get(i), callers.get(i), false, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(Pair pair, Numbered caller, boolean onlyWithin, List<String> wrong) {
        for (int x = LEAST; x <= MOST; x++) {
            int answer = pair.answer(x);
            if ((!onlyWithin || answer == WITHIN) && caller.call(x) != answer) {
                wrong.add(pair + " is wrong for " + x);
            }
        }
    }

    private static byte[] module(List<Pair> pairs) {
        var types = new ByteArrayOutputStream();
        var exports = new ByteArrayOutputStream();
        var bodies = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            body(bodies, told(i % 4, Binary.concat(pair.first.code(), new byte[] {EQZ})));
            byte[] callee = leb128(2 * i);
            body(
                    bodies,
                    Binary.concat(
                            new byte[] {0x20, 0, 0x10},
                            callee,
                            new byte[] {0x21, 1, 0x20, 1, EQZ},
                            returned(OUT_OF_FIRST),
                            pair.second.code(),
                            returned(OUT_OF_SECOND),
                            new byte[] {0x41},
                            leb128(WITHIN),
                            new byte[] {0x0B}));
            export(exports, "told" + i, 2 * i);
            export(exports, "caller" + i, 2 * i + 1);
            types.write(0);
            types.write(0);
        }
        byte[] count = leb128(2 * pairs.size());
        return Binary.module(
                Binary.section(1, 1, 0x60, 1, 0x7F, 1, 0x7F),
                Binary.section(3, count, types.toByteArray()),
                Binary.section(7, count, exports.toByteArray()),
                Binary.section(10, count, bodies.toByteArray()));
    }

    /** If what is on the stack holds, returns a number, which never happens before it is asked for. */
    private static byte[] returned(int number) {
        return Binary.concat(new byte[] {0x04, 0x40, 0x41}, leb128(number), new byte[] {0x0F, 0x0B});
    }

    private static void body(ByteArrayOutputStream bodies, byte[] code) {
        bodies.writeBytes(leb128(code.length + 3));
        bodies.writeBytes(new byte[] {1, 1, 0x7F});
        bodies.writeBytes(code);
    }

    private static void export(ByteArrayOutputStream exports, String name, int function) {
        exports.write(name.length());
        exports.writeBytes(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        exports.write(0);
        exports.writeBytes(leb128(function));
    }

    /** Two bytes, so that it is the same with and without a sign. */
    private static byte[] leb128(int value) {
        return new byte[] {(byte) (value & 0x7F | 0x80), (byte) (value >>> 7 & 0x7F | 0x80), (byte) (value >>> 14)};
    }
}
