package dev.airlock.memory.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.TrapCode;
import dev.airlock.limit.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AtomicsTest {
    private static final int THREADS = 8;
    private static final int TIMES = 10_000;

    private static final int I32_LOAD = 0x10;
    private static final int I32_STORE = 0x17;
    private static final int I32_ADD = 0x1E;
    private static final int I64_ADD = 0x1F;
    private static final int I32_ADD8 = 0x20;
    private static final int I64_ADD16 = 0x23;
    private static final int I32_XOR16 = 0x3D;
    private static final int I64_XOR8 = 0x3E;
    private static final int I32_XCHG = 0x41;
    private static final int I32_CMPXCHG = 0x48;

    /** For each form of an operator: its width in bytes, and whether its values are i64. */
    private static final int[] WIDTHS = {4, 8, 1, 2, 1, 2, 4};

    private static void inThreads(Callable<Object> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(work));
            }
            for (Future<Object> future : futures) {
                future.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Object> repeated(IntConsumer step) {
        return () -> {
            for (int i = 0; i < TIMES; i++) {
                step.accept(i);
            }
            return "done";
        };
    }

    @Test
    void countersOfEveryWidthLoseNothing() throws Exception {
        LinearMemory memory = LinearMemory.create(1, 1, true);
        memory.fill(0, '?', 64);
        memory.fill(8, 0, 16);
        // All within two stripes, neighbours of one another: an update of one must not undo that of another.
        inThreads(repeated(i -> {
            AtomicOperators.update(9, 1, I32_ADD8, 0, memory);
            AtomicOperators.update(10, 1L, I64_ADD16, 0, memory);
            AtomicOperators.update(8, 1, I32_ADD, 4, memory);
            AtomicOperators.update(16L, 1L, I64_ADD, 0, memory);
        }));
        int total = THREADS * TIMES;
        assertThat(memory.load8(9, 0)).isEqualTo((byte) total);
        assertThat(memory.load16(10, 0)).isEqualTo((short) total);
        assertThat(memory.load32(12, 0)).isEqualTo(total);
        assertThat(memory.load64(16, 0)).isEqualTo(total);
        assertThat(memory.load8(8, 0)).isZero();
        for (int i = 0; i < 64; i++) {
            assertThat(memory.load8(i, 0) == '?').isEqualTo(i < 8 || i >= 24);
        }
    }

    @Test
    void compareAndExchangeLosesNothing() throws Exception {
        LinearMemory memory = LinearMemory.create(1, 1, true);
        inThreads(repeated(i -> {
            int seen = AtomicOperators.loadInt(0, I32_LOAD, 0, memory);
            int expected;
            do {
                expected = seen;
                seen = AtomicOperators.exchange(0, expected, expected + 3, I32_CMPXCHG, 0, memory);
            } while (seen != expected);
        }));
        assertThat(AtomicOperators.loadInt(0, I32_LOAD, 0, memory)).isEqualTo(3 * THREADS * TIMES);
    }

    @Test
    void widthsThatOverlapExcludeEachOther() throws Exception {
        LinearMemory memory = LinearMemory.create(1, 1, true);
        // Bytes 0 and 4 overflow once in 256 times; the carry must come from the widest add alone.
        inThreads(repeated(i -> {
            AtomicOperators.update(0, 1L << 40, I64_ADD, 0, memory);
            AtomicOperators.update(4, 1L, I64_XOR8, 0, memory);
            AtomicOperators.update(0, 1, I32_XOR16, 0, memory);
        }));
        assertThat(memory.load64(0, 0)).isEqualTo(((long) THREADS * TIMES) << 40);
    }

    @Test
    void aSpinLockGuardsPlainAccesses() throws Exception {
        LinearMemory memory = LinearMemory.create(1, 1, true);
        inThreads(() -> {
            for (int i = 0; i < 1_000; i++) {
                while (AtomicOperators.update(0, 1, I32_XCHG, 0, memory) != 0) {
                    Thread.onSpinWait();
                }
                memory.store64(100, 0, memory.load64(100, 0) + 1);
                AtomicOperators.store(0, 0, I32_STORE, 0, memory);
            }
            return "done";
        });
        assertThat(memory.load64(100, 0)).isEqualTo(THREADS * 1_000);
    }

    @Test
    void growthFromManyThreadsAddsUp() throws Exception {
        LinearMemory memory = LinearMemory.create(1, 1 + THREADS * 10, true);
        inThreads(() -> {
            for (int i = 0; i < 10; i++) {
                long before = memory.grow(1);
                memory.store32(before * 65_536, 0, (int) before);
            }
            return "done";
        });
        assertThat(memory.pages()).isEqualTo(1 + THREADS * 10);
        for (int page = 1; page < memory.pages(); page++) {
            assertThat(memory.load32(page * 65_536L, 0)).isEqualTo(page);
        }
    }

    /** All opcodes with an address, on each form of memory, against arithmetic on an array. */
    @ParameterizedTest
    @ValueSource(strings = {"flat", "shared", "segmented"})
    void everyOperatorDoesWhatItsNameSays(String kind) {
        LinearMemory memory = kind.equals("segmented")
                ? LinearMemory.of(new MemoryLimits(2, -1, 16, true, false), Allowance.ofHost())
                : LinearMemory.create(2, 2, kind.equals("shared"));
        Random random = new Random(4);
        for (int opcode = 0x10; opcode <= 0x4E; opcode++) {
            int group = (opcode - 0x10) / 7;
            int form = (opcode - 0x10) % 7;
            int width = WIDTHS[form];
            boolean isLong = form == 1 || form > 3;
            long mask = -1L >>> 64 - 8 * width;
            for (int round = 0; round < 200; round++) {
                long at = random.nextInt(100) + 65_536 - 48 & -width;
                long before = random.nextLong();
                long a = round % 3 == 0 ? before : random.nextLong();
                long b = random.nextLong();
                memory.store64(at, 0, before);
                memory.store64(at + 8, 0, 0);
                long seen = run(opcode, group, isLong, at, a, b, memory);
                long old = before & mask;
                long after = switch (group) {
                    case 0 -> old;
                    case 2 -> old + a;
                    case 3 -> old - a;
                    case 4 -> old & a;
                    case 5 -> old | a;
                    case 6 -> old ^ a;
                    case 8 -> old == (a & mask) ? b : old;
                    default -> a;
                };
                assertThat(memory.load64(at, 0))
                        .as("opcode %x at %d", opcode, at)
                        .isEqualTo(before & ~mask | after & mask);
                assertThat(memory.load64(at + 8, 0)).isZero();
                if (group != 1) {
                    assertThat(seen).as("opcode %x", opcode).isEqualTo(isLong ? old : (int) old);
                }
            }
        }
    }

    private static long run(int opcode, int group, boolean isLong, long at, long a, long b, LinearMemory memory) {
        int base = (int) at - 8;
        return switch (group) {
            case 0 ->
                isLong
                        ? AtomicOperators.loadLong(base, opcode, 8, memory)
                        : AtomicOperators.loadInt(base, opcode, 8, memory);
            case 1 -> {
                if (isLong) {
                    AtomicOperators.store(base, a, opcode, 8, memory);
                } else {
                    AtomicOperators.store(base, (int) a, opcode, 8, memory);
                }
                yield 0;
            }
            case 8 ->
                isLong
                        ? AtomicOperators.exchange(base, a, b, opcode, 8, memory)
                        : AtomicOperators.exchange((long) base, (int) a, (int) b, opcode, 8, memory);
            default ->
                isLong
                        ? AtomicOperators.update(base, a, opcode, 8, memory)
                        : AtomicOperators.update((long) base, (int) a, opcode, 8, memory);
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unalignedAtomicsTrap(boolean shared) {
        LinearMemory memory = LinearMemory.create(1, 1, shared);
        for (int opcode = 0x10; opcode <= 0x4E; opcode++) {
            int form = (opcode - 0x10) % 7;
            int group = (opcode - 0x10) / 7;
            boolean isLong = form == 1 || form > 3;
            for (int past = 1; past < WIDTHS[form]; past++) {
                int at = 16 + past;
                int number = opcode;
                assertThatThrownBy(() -> run(number, group, isLong, at, 1, 1, memory))
                        .isInstanceOfSatisfying(
                                GuestTrap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNALIGNED_ATOMIC))
                        .hasMessageStartingWith("unaligned atomic");
            }
        }
        assertThatThrownBy(() -> AtomicOperators.wake(2, 1, 0, memory)).hasMessageStartingWith("unaligned atomic");
        assertThatThrownBy(() -> AtomicOperators.await(4, 1L, 0, 0, memory)).hasMessageStartingWith("unaligned atomic");
    }
}
