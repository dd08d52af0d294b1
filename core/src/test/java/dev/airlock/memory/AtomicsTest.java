package dev.airlock.memory;

import static dev.airlock.memory.Traps.assertTraps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.TrapException;

@Timeout(60)
class AtomicsTest {
    private static final int THREADS = 8;
    private static final int TIMES = 10_000;

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
        LinearMemory memory = new LinearMemory(1, 1, true);
        memory.fill((byte) '?', 0, 64);
        memory.fill((byte) 0, 8, 24);
        // All within two stripes, neighbours of one another: an update of one must not undo that of another.
        inThreads(repeated(i -> {
            memory.atomicAddByte(9, (byte) 1);
            memory.atomicAddShort(10, (short) 1);
            memory.atomicAddInt(12, 1);
            memory.atomicAddLong(16, 1);
        }));
        int total = THREADS * TIMES;
        assertThat(memory.read(9)).isEqualTo((byte) total);
        assertThat(memory.readShort(10)).isEqualTo((short) total);
        assertThat(memory.readInt(12)).isEqualTo(total);
        assertThat(memory.readLong(16)).isEqualTo(total);
        assertThat(memory.read(8)).isZero();
        assertThat(memory.readString(0, 8) + memory.readString(24, 40)).isEqualTo("?".repeat(48));
    }

    @Test
    void compareAndExchangeLosesNothing() throws Exception {
        LinearMemory memory = new LinearMemory(1, 1, true);
        inThreads(repeated(i -> {
            int seen = memory.atomicReadInt(0);
            int expected;
            do {
                expected = seen;
                seen = memory.atomicCmpxchgInt(0, expected, expected + 3);
            } while (seen != expected);
        }));
        assertThat(memory.atomicReadInt(0)).isEqualTo(3 * THREADS * TIMES);
    }

    @Test
    void widthsThatOverlapExcludeEachOther() throws Exception {
        LinearMemory memory = new LinearMemory(1, 1, true);
        LinearMemory other = memory.alias();
        // Bytes 0 and 4 overflow once in 256 times; the carry must come from the widest add alone.
        inThreads(repeated(i -> {
            memory.atomicAddLong(0, 1L << 40);
            other.atomicXorByte(4, (byte) 1);
            memory.atomicXorShort(0, (short) 1);
        }));
        assertThat(memory.readLong(0)).isEqualTo(((long) THREADS * TIMES) << 40);
    }

    @Test
    void aSpinLockGuardsPlainAccesses() throws Exception {
        LinearMemory memory = new LinearMemory(1, 1, true);
        inThreads(() -> {
            for (int i = 0; i < 1_000; i++) {
                while (memory.atomicXchgInt(0, 1) != 0) {
                    Thread.onSpinWait();
                }
                memory.writeLong(100, memory.readLong(100) + 1);
                memory.atomicWriteInt(0, 0);
            }
            return "done";
        });
        assertThat(memory.readLong(100)).isEqualTo(THREADS * 1_000);
    }

    @Test
    void growthFromManyThreadsAddsUp() throws Exception {
        LinearMemory memory = new LinearMemory(1, 1 + THREADS * 10, true);
        inThreads(() -> {
            LinearMemory mine = memory.alias();
            for (int i = 0; i < 10; i++) {
                int before = mine.grow(1);
                mine.writeI32(before * 65_536, before);
            }
            return "done";
        });
        assertThat(memory.pages()).isEqualTo(1 + THREADS * 10);
        for (int page = 1; page < memory.pages(); page++) {
            assertThat(memory.readInt(page * 65_536)).isEqualTo(page);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesAreSeen(boolean shared) {
        LinearMemory memory = new LinearMemory(1, 1, shared);
        memory.fill((byte) '?', 0, 40);
        memory.atomicWriteByte(1, (byte) 'a');
        memory.atomicWriteShort(4, (short) 0x6362);
        memory.atomicWriteInt(8, 0x6766_6564);
        memory.atomicWriteLong(16, 0x6F6E_6D6C_6B6A_6968L);
        memory.atomicFence();
        assertThat(memory.readString(0, 26)).isEqualTo("?a??bc??defg????hijklmno??");
        assertThat(memory.atomicReadByte(1)).isEqualTo((byte) 'a');
        assertThat(memory.atomicReadShort(4)).isEqualTo((short) 0x6362);
        assertThat(memory.atomicReadInt(8)).isEqualTo(0x6766_6564);
        assertThat(memory.atomicReadLong(16)).isEqualTo(0x6F6E_6D6C_6B6A_6968L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void boundsOfEveryWidth(boolean shared) {
        LinearMemory memory = new LinearMemory(1, 2, shared);
        for (int past : new int[] {65_536, 65_544, Integer.MIN_VALUE, -8}) {
            assertTraps(() -> memory.atomicReadByte(past));
            assertTraps(() -> memory.atomicReadShort(past));
            assertTraps(() -> memory.atomicReadInt(past));
            assertTraps(() -> memory.atomicReadLong(past));
            assertTraps(() -> memory.atomicWriteByte(past, (byte) 1));
            assertTraps(() -> memory.atomicAddShort(past, (short) 1));
            assertTraps(() -> memory.atomicXchgInt(past, 1));
            assertTraps(() -> memory.atomicCmpxchgLong(past, 0, 1));
            assertTraps(() -> memory.atomicNotify(past, 1));
            assertTraps(() -> memory.atomicWait(past, 0, 0));
            assertTraps(() -> memory.atomicWait(past, 0L, 0));
        }
        assertThat(memory.atomicAddLong(65_528, 1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 4", "2, 4", "4, 8", "7, 8"})
    void unalignedAtomicsTrap(int offset, int width) {
        LinearMemory memory = new LinearMemory(1, 1, true);
        assertThatThrownBy(() -> {
                    switch (width) {
                        case 2 -> memory.atomicAddShort(offset, (short) 1);
                        case 4 -> memory.atomicNotify(offset, 1);
                        default -> memory.atomicReadLong(offset);
                    }
                })
                .isInstanceOf(TrapException.class)
                .hasMessage("unaligned atomic");
    }
}
