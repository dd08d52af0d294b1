package dev.airlock.memory.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.limit.Allowance;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of memories side by side: random accesses, the same results or all trap, the same bytes at the end. */
@Tag("slow")
class DifferentialTest {
    private static final int OPERATIONS = 60_000;

    private record Draw(Random random, LinearMemory memory) {
        long address() {
            long size = memory.size();
            return switch (random.nextInt(8)) {
                case 0 -> size + random.nextInt(33) - 16;
                case 1 -> random.nextInt(33) - 16;
                case 2 -> random.nextLong();
                case 3 -> 65_536L * random.nextInt(5) + random.nextInt(33) - 16;
                default -> random.nextInt((int) Math.max(size, 1));
            };
        }

        long length() {
            return switch (random.nextInt(16)) {
                case 0 -> random.nextLong();
                case 1 -> -random.nextInt(64);
                case 2 -> random.nextInt(3 * 65_536);
                default -> random.nextInt(100);
            };
        }

        /** Makes one access with arguments drawn now, to be run on each memory. */
        Function<LinearMemory, Object> access() {
            long base = address();
            long offset = random.nextInt(4) == 0 ? random.nextLong() >>> random.nextInt(64) : random.nextInt(3);
            long value = random.nextLong();
            long length = length();
            long from = random.nextBoolean() ? base + random.nextInt(40) - 20 : address();
            byte[] data = new byte[random.nextInt(100)];
            random.nextBytes(data);
            int start = random.nextInt(110);
            int pages = random.nextInt(100) > 0 ? random.nextInt(8) - 8 : random.nextInt(3);
            return switch (random.nextInt(14)) {
                case 0 -> m -> m.load8(base, offset);
                case 1 -> m -> m.load16(base, offset);
                case 2 -> m -> m.load32(base, offset);
                case 3 -> m -> m.load64(base, offset);
                case 4 -> m -> Float.floatToRawIntBits(m.loadFloat(base, offset));
                case 5 -> m -> Double.doubleToRawLongBits(m.loadDouble(base, offset));
                case 6 -> done(m -> m.store8(base, offset, (int) value));
                case 7 -> done(m -> m.store16(base, offset, (int) value));
                case 8 -> done(m -> m.store32(base, offset, (int) value));
                case 9 -> done(m -> m.store64(base, offset, value));
                case 10 -> done(m -> m.fill(base, (int) value, length));
                case 11 -> done(m -> m.copy(base, m, from, length));
                case 12 -> done(m -> m.init(base, data, start, length));
                default -> m -> m.grow(pages);
            };
        }
    }

    private interface Write {
        void run(LinearMemory memory);
    }

    private static Function<LinearMemory, Object> done(Write write) {
        return m -> {
            write.run(m);
            return "done";
        };
    }

    private static Object run(LinearMemory memory, Function<LinearMemory, Object> access) {
        try {
            return access.apply(memory);
        } catch (GuestTrap e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void allFormsDoTheSame(long seed) {
        LinearMemory flat = LinearMemory.create(1, 4, false);
        MemoryLimits large = new MemoryLimits(1, 40_000, 16, true, false);
        LinearMemory tracked = MemoryImage.of(flat).newMemory(Allowance.ofHost());
        LinearMemory segmented = LinearMemory.of(large, Allowance.ofHost());
        List<LinearMemory> others = List.of(LinearMemory.create(1, 4, true), tracked, segmented);
        Random random = new Random(seed);
        int trapped = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            Function<LinearMemory, Object> access = new Draw(random, flat).access();
            // The one with the largest maximum must not grow where the others do not.
            Object expected = run(flat, access);
            for (LinearMemory other : others) {
                Object actual = other == segmented && expected.equals(-1L) ? expected : run(other, access);
                if (!expected.equals(actual)) {
                    assertThat(actual)
                            .as("operation %d, seed %d, %s", i, seed, other)
                            .isEqualTo(expected);
                }
            }
            trapped += expected instanceof String text && text.startsWith("out of bounds") ? 1 : 0;
        }
        assertThat(flat.pages()).isGreaterThan(1);
        byte[] expected = new byte[(int) flat.size()];
        flat.read(0, expected, 0, expected.length);
        for (LinearMemory other : others) {
            byte[] actual = new byte[(int) other.size()];
            other.read(0, actual, 0, actual.length);
            assertThat(actual).isEqualTo(expected);
        }
        assertThat(trapped).as("both kinds of outcome are met").isBetween(OPERATIONS / 20, OPERATIONS / 2);
    }
}
