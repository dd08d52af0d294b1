package dev.airlock.memory.linear;

import static dev.airlock.memory.linear.Traps.assertTraps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMemoryTest {
    private static final int PAGE = 65_536;
    private static final List<String> KINDS = List.of("exact", "shared", "spare", "segmented");

    /** One access of a fixed width, as guests make it. */
    record Access(String name, int width, Run run) {
        interface Run {
            void at(LinearMemory memory, long base, long offset);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Access> accesses() {
        return List.of(
                new Access("load8", 1, LinearMemory::load8),
                new Access("load16", 2, LinearMemory::load16),
                new Access("load32", 4, LinearMemory::load32),
                new Access("load64", 8, LinearMemory::load64),
                new Access("loadFloat", 4, LinearMemory::loadFloat),
                new Access("loadDouble", 8, LinearMemory::loadDouble),
                new Access("store8", 1, (m, b, o) -> m.store8(b, o, 1)),
                new Access("store16", 2, (m, b, o) -> m.store16(b, o, 1)),
                new Access("store32", 4, (m, b, o) -> m.store32(b, o, 1)),
                new Access("store64", 8, (m, b, o) -> m.store64(b, o, 1)),
                new Access("storeFloat", 4, (m, b, o) -> m.storeFloat(b, o, 1)),
                new Access("storeDouble", 8, (m, b, o) -> m.storeDouble(b, o, 1)),
                new Access("atomic load", 8, (m, b, o) -> AtomicOperators.loadLong(b, 0x11, o, m)),
                new Access("atomic store", 4, (m, b, o) -> AtomicOperators.store(b, 1, 0x17, o, m)),
                new Access("atomic add", 1, (m, b, o) -> AtomicOperators.update(b, 1, 0x20, o, m)),
                new Access("notify", 4, (m, b, o) -> AtomicOperators.wake(b, 1, o, m)));
    }

    private static LinearMemory large(long minimum, long maximum) {
        return LinearMemory.of(
                new MemoryLimits(minimum, maximum, MemoryLimits.PAGE_SHIFT, true, false), Allowance.ofHost());
    }

    private static LinearMemory memory(String kind) {
        return switch (kind) {
            case "exact" -> LinearMemory.create(1, 4, false);
            case "shared" -> LinearMemory.create(1, 4, true);
            case "spare" -> {
                LinearMemory memory = LinearMemory.create(0, PAGE, false);
                for (int i = 0; i < 21; i++) {
                    memory.grow(1);
                }
                assertThat(memory.bytes().length).isGreaterThan(memory.limit);
                yield memory;
            }
            case "segmented" -> large(3, MemoryLimits.NO_MAXIMUM);
            case "empty segmented" -> large(0, MemoryLimits.NO_MAXIMUM);
            default -> LinearMemory.create(0, 4, false);
        };
    }

    private static Stream<Arguments> accessesByKind() {
        return Stream.of("exact", "shared", "spare", "segmented", "empty", "empty segmented")
                .flatMap(kind -> accesses().stream().map(access -> Arguments.of(kind, access)));
    }

    @ParameterizedTest
    @MethodSource("accessesByKind")
    void boundsOfEveryWidth(String kind, Access access) {
        LinearMemory memory = memory(kind);
        long size = memory.size();
        if (size > 0) {
            assertThatCode(() -> access.run.at(memory, 0, 0)).doesNotThrowAnyException();
            assertThatCode(() -> access.run.at(memory, size - access.width, 0)).doesNotThrowAnyException();
            assertThatCode(() -> access.run.at(memory, 0, size - access.width)).doesNotThrowAnyException();
            assertThatCode(() -> access.run.at(memory, 8, size - 8 - access.width))
                    .doesNotThrowAnyException();
        }
        // Aligned, since atomic accesses check that first.
        for (long past = size - access.width + access.width; past <= size + 8; past += access.width) {
            long at = past;
            assertTraps(() -> access.run.at(memory, at, 0));
            assertTraps(() -> access.run.at(memory, 0, at));
            assertTraps(() -> access.run.at(memory, 8, at - 8));
        }
        for (long far : new long[] {-8, Long.MIN_VALUE, Long.MAX_VALUE - 7, 1L << 32, (1L << 32) - 8, 1L << 31}) {
            assertTraps(() -> access.run.at(memory, far, 0));
            assertTraps(() -> access.run.at(memory, 0, far));
            assertTraps(() -> access.run.at(memory, far, far));
            assertTraps(() -> access.run.at(memory, far, 8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "segmented"})
    void aTrapSaysOffsetLengthAndSizeUnsigned(String kind) {
        LinearMemory memory = memory(kind);
        assertThatThrownBy(() -> memory.load32(0xFFFF_FFF0L, 0))
                .hasMessage("out of bounds memory access: offset 4294967280, length 4, but the memory has "
                        + memory.size() + " bytes");
        assertThatThrownBy(() -> memory.store64(-1, -1, 0))
                .hasMessageStartingWith("out of bounds memory access: offset 36893488147419103230, length 8, but");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, PAGE - 3, PAGE - 1, 2 * PAGE - 7})
    void numbersAreLittleEndianAtAnyAlignment(long at) {
        for (LinearMemory memory : List.of(LinearMemory.create(3, 3, false), memory("segmented"))) {
            memory.store64(at, 0, 0x8877_6655_4433_2211L);
            byte[] bytes = new byte[10];
            memory.read(at - 1, bytes, 0, 10);
            assertThat(bytes).containsExactly(0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0);
            assertThat(memory.load32(at, 0)).isEqualTo(0x4433_2211);
            assertThat(memory.load32(0, at + 4)).isEqualTo(0x8877_6655);
            assertThat(memory.load16(at, 6)).isEqualTo((short) 0x8877);
            assertThat(memory.load8(at, 7)).isEqualTo((byte) 0x88);
            assertThat(memory.load64(at, 0)).isEqualTo(0x8877_6655_4433_2211L);
            memory.store32(at, 1, 0x0A0B_0C0D);
            memory.store16(at, 5, 0x0E0F);
            memory.store8(at, 7, 0x7F);
            assertThat(memory.load64(at, 0)).isEqualTo(0x7F0E_0F0A_0B0C_0D11L);
        }
    }

    @Test
    void aFloatKeepsTheBitsOfANaN() {
        LinearMemory memory = LinearMemory.create(1, 1, false);
        memory.storeFloat(0, 0, Float.intBitsToFloat(0x7FC0_1234));
        memory.storeDouble(8, 0, Double.longBitsToDouble(0x7FF8_0000_1234_5678L));
        assertThat(memory.load32(0, 0)).isEqualTo(0x7FC0_1234);
        assertThat(memory.load64(8, 0)).isEqualTo(0x7FF8_0000_1234_5678L);
        assertThat(Float.floatToRawIntBits(memory.loadFloat(0, 0))).isEqualTo(0x7FC0_1234);
        assertThat(Double.doubleToRawLongBits(memory.loadDouble(8, 0))).isEqualTo(0x7FF8_0000_1234_5678L);
    }

    @ParameterizedTest(name = "offset {0}, length {1}")
    @CsvSource({
        "196608, 1",
        "196607, 2",
        "196609, 0",
        "0, 196609",
        "0, -1",
        "100, -1",
        "100, -100",
        "-1, 0",
        "-1, 1",
        "-1, 2",
        "-100, 200",
        "-9223372036854775808, 0",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807, 9223372036854775807",
        "4294967295, 1",
        "4294967296, 0"
    })
    void bulkOperatorsTrapOutOfBounds(long offset, long length) {
        List<LinearMemory> memories =
                List.of(LinearMemory.create(3, 3, false), LinearMemory.create(3, 4, true), memory("segmented"));
        for (LinearMemory memory : memories) {
            assertTraps(() -> memory.fill(offset, 1, length));
            assertTraps(() -> memory.init(offset, new byte[200_000], 0, length));
            for (LinearMemory other : memories) {
                assertTraps(() -> memory.copy(offset, other, 0, length));
                assertTraps(() -> memory.copy(0, other, offset, length));
            }
            byte[] all = new byte[(int) memory.size()];
            memory.read(0, all, 0, all.length);
            assertThat(all).containsOnly(0);
        }
    }

    @Test
    void aSegmentEndsWhereItsBytesEnd() {
        LinearMemory memory = LinearMemory.create(1, 1, false);
        assertThatThrownBy(() -> memory.init(0, new byte[5], 3, 3))
                .isInstanceOf(GuestTrap.class)
                .hasMessage("out of bounds memory access: offset 3, length 3, but the data segment has 5 bytes");
        assertTraps(() -> memory.init(0, new byte[0], 0, 1));
        assertTraps(() -> memory.init(0, new byte[5], 6, 0));
        memory.init(PAGE, new byte[5], 5, 0);
        memory.init(PAGE - 2, new byte[] {1, 2, 3}, 1, 2);
        assertThat(memory.load16(PAGE - 2, 0)).isEqualTo(0x0302);
    }

    /** Fill and copy in all combinations of memories, sizes and overlaps, against arrays of the JVM. */
    @ParameterizedTest
    @CsvSource({"0, 0, 10", "5, 0, 70000", "0, 5, 70000", "65530, 10, 131000", "10, 65530, 131000", "1, 65537, 65536"})
    void copyBearsOverlapBothWays(int to, int from, int length) {
        for (String kind : KINDS) {
            for (String other : KINDS) {
                LinearMemory target = memory(kind);
                target.grow(3);
                LinearMemory source = other.equals(kind) ? target : memory(other);
                source.grow(3);
                int size = 3 * PAGE + 5;
                byte[] expected = filled(target, size, 7);
                byte[] bytes = source == target ? expected : filled(source, size, 31);
                target.copy(to, source, from, length);
                System.arraycopy(bytes, from, expected, to, length);
                byte[] actual = new byte[size];
                target.read(0, actual, 0, size);
                assertThat(Arrays.mismatch(actual, expected))
                        .as(kind + " from " + other)
                        .isEqualTo(-1);
            }
        }
    }

    private static byte[] filled(LinearMemory memory, int size, int factor) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * factor + (i >>> 8));
        }
        memory.write(0, bytes, 0, size);
        return bytes;
    }

    @Test
    void fillLeavesItsNeighboursAlone() {
        for (String kind : KINDS) {
            LinearMemory memory = memory(kind);
            memory.grow(2);
            memory.fill(0, '?', memory.size());
            memory.fill(PAGE - 3, '.' | 0x100, 5);
            byte[] bytes = new byte[8];
            memory.read(PAGE - 4, bytes, 0, 8);
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("?.....??");
        }
    }

    @Test
    void growthKeepsWhatWasThereAndAddsZeros() {
        for (LinearMemory memory : List.of(LinearMemory.create(1, 100, false), large(1, 40_000))) {
            memory.store32(PAGE - 4, 0, 42);
            for (long pages = 1; pages < 100; pages++) {
                assertThat(memory.grow(1)).isEqualTo(pages);
                long last = pages * PAGE + PAGE - 4;
                assertThat(memory.load32(last, 0)).isZero();
                memory.store32(last, 0, (int) pages);
                assertTraps(() -> memory.load32(last, 1));
            }
            assertThat(memory.load32(PAGE - 4, 0)).isEqualTo(42);
            for (int pages = 1; pages < 100; pages++) {
                assertThat(memory.load32(pages * PAGE + PAGE - 4, 0)).isEqualTo(pages);
            }
        }
    }

    @Test
    void theArrayOfAMemoryAtItsMaximumIsExact() {
        LinearMemory memory = LinearMemory.create(1, 100, false);
        for (int i = 1; i < 100; i++) {
            memory.grow(1);
        }
        assertThat(memory.bytes().length).isEqualTo(memory.limit).isEqualTo(100 * PAGE);
    }

    @Test
    void theFirstGrowthsTakeNoMoreThanWasAskedFor() {
        LinearMemory memory = LinearMemory.create(1, PAGE, false);
        for (int i = 0; i < 16; i++) {
            memory.grow(3);
            assertThat(memory.bytes().length).isEqualTo(memory.limit);
        }
    }

    @Test
    void aMemoryThatKeepsExactHasNothingToSpare() {
        LinearMemory memory = LinearMemory.create(1, PAGE, false);
        memory.keepExact();
        for (int i = 0; i < 40; i++) {
            memory.grow(1);
            assertThat(memory.bytes().length).isEqualTo(memory.limit);
        }
        MemoryImage image = MemoryImage.of(memory);
        LinearMemory made = image.newMemory(Allowance.ofHost());
        for (int i = 0; i < 40; i++) {
            made.grow(1);
            assertThat(made.bytes().length).isEqualTo(made.limit);
        }
        image.restore(made);
        assertThat(made.bytes().length).isEqualTo(made.limit).isEqualTo(41 * PAGE);
        made.grow(1);
        image.recycle(made);
        LinearMemory next = image.newMemory(Allowance.ofHost());
        assertThat(next.bytes().length).isEqualTo(next.limit).isEqualTo(41 * PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "shared", "segmented"})
    void growthIsRefusedPastTheMaximum(String kind) {
        LinearMemory memory =
                kind.equals("segmented") ? large(2, 1L << 48) : LinearMemory.create(2, 4, kind.equals("shared"));
        long most = memory.maximumPages();
        for (long refused : new long[] {most - 1, Long.MAX_VALUE, -1, -2, Long.MIN_VALUE, most}) {
            assertThat(memory.grow(refused)).isEqualTo(-1);
        }
        assertThat(memory.grow(2)).isEqualTo(2);
        assertThat(memory.grow(0)).isEqualTo(4);
        assertThat(memory.grow(most - 3)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(4);
        assertThat(memory.refusal(most + 1)).hasMessageContaining(most + " pages of linear memory");
    }

    @Test
    void growthIsRefusedWhereTheHeapHasNoRoom() {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 31);
        LinearMemory memory = LinearMemory.create(1, PAGE, false);
        memory.store32(0, 0, 42);
        assertThat(memory.grow(32_766)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(1);
        assertThat(memory.load32(0, 0)).isEqualTo(42);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThatThrownBy(() -> LinearMemory.create(32_767, PAGE, false))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("bytes of Java heap");
    }

    @Test
    void whatOneArrayCannotHoldIsSegmented() {
        assertThat(LinearMemory.create(0, PAGE, false).maximumPages()).isEqualTo(32_767);
        assertThat(LinearMemory.create(0, PAGE, false).grow(32_768)).isEqualTo(-1);
        LinearMemory memory = LinearMemory.create(32_768, PAGE, false);
        assertThat(memory.isFlat()).isFalse();
        memory.store64((1L << 31) - 8, 0, 42);
        assertThat(memory.load64(0, (1L << 31) - 8)).isEqualTo(42);
        assertThat(memory.grow(32_768)).isEqualTo(32_768);
        memory.store32(0xFFFF_FFFCL, 0, 7);
        assertThat(memory.load32(0xFFFF_FFFCL, 0)).isEqualTo(7);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThatThrownBy(memory::bytes).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> LinearMemory.create(32_768, PAGE, true))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("32767 pages of a shared linear memory");
        assertThatThrownBy(() -> LinearMemory.create(-1, PAGE, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinearMemory.create(2, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinearMemory.create(0, PAGE + 1, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFormDependsOnTheType() {
        assertThat(new MemoryLimits(1, -1, 16, false, false).isDirect()).isTrue();
        assertThat(new MemoryLimits(1, -1, 16, false, true).isDirect()).isFalse();
        assertThat(new MemoryLimits(1, -1, 16, true, false).isDirect()).isFalse();
        assertThat(new MemoryLimits(32_768, -1, 16, false, false).isDirect()).isFalse();
        assertThat(new MemoryLimits(1, 100, 16, true, false).isFlat()).isTrue();
        assertThat(new MemoryLimits(1, -1, 16, true, false).isFlat()).isFalse();
        assertThat(new MemoryLimits(1L << 32, -1, 0, false, false).isDirect()).isFalse();
        assertThat(new MemoryLimits(0, -1, 0, false, false).mostPages()).isEqualTo(1L << 32);
        assertThat(new MemoryLimits(0, -1, 16, true, false).mostPages()).isEqualTo((1L << 47) - 1);
    }

    @Test
    void aMemoryFarLargerThanTheHeapTakesWhatIsWritten() {
        LinearMemory memory = large(1L << 24, MemoryLimits.NO_MAXIMUM);
        assertThat(memory.size()).isEqualTo(1L << 40);
        memory.store64((1L << 40) - 8, 0, 42);
        memory.store64(1L << 39, (1L << 38) - 4, 1);
        assertThat(memory.load32(3L << 38, 0)).isZero();
        assertThat(memory.load64((3L << 38) - 4, 0)).isEqualTo(1);
        assertThat(memory.load64((1L << 40) - 8, 0)).isEqualTo(42);
        assertThat(memory.load8(123L << 30, 0)).isZero();
        memory.fill(0, 0, 1L << 34);
        assertThat(memory.changedBytes()).as("zeros take nothing").isLessThanOrEqualTo(3 * PAGE);
        assertThatThrownBy(() -> large(-1, -1)).isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> large(1L << 40, -1)).isInstanceOf(LimitException.class);
    }

    @Test
    void pagesMayBeBytes() {
        for (boolean is64 : new boolean[] {false, true}) {
            LinearMemory memory =
                    LinearMemory.of(new MemoryLimits(10, is64 ? -1 : 100_000, 0, is64, false), Allowance.ofHost());
            assertThat(memory.pages()).isEqualTo(memory.size()).isEqualTo(10);
            memory.store8(9, 0, 1);
            assertTraps(() -> memory.store8(10, 0, 1));
            assertTraps(() -> memory.store16(9, 0, 1));
            assertThat(memory.grow(7)).isEqualTo(10);
            memory.store64(9, 0, -1);
            assertTraps(() -> memory.store64(10, 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAllowanceBoundsMemories(boolean is64) {
        Limits limits = Limits.defaults().memoryBytes(4 * PAGE);
        var allowance = new Allowance(limits, null);
        LinearMemory memory = LinearMemory.of(new MemoryLimits(1, 40_000, 16, is64, false), allowance);
        assertThat(memory.grow(4)).isEqualTo(-1);
        assertThat(memory.grow(3)).isEqualTo(1);
        assertThat(allowance.memoryLeft()).isZero();
        assertThat(memory.refusal(5)).hasMessageContaining("bytes of linear memory");
        assertThatThrownBy(() -> LinearMemory.of(new MemoryLimits(1, 40_000, 16, is64, false), allowance))
                .isInstanceOf(LimitException.class);
    }

    @Test
    void aSharedMemoryNeverMoves() {
        LinearMemory memory = LinearMemory.create(1, 4, true);
        byte[] before = memory.bytes();
        assertThat(before).hasSize(4 * PAGE);
        assertTraps(() -> memory.store32(PAGE, 0, 1));
        assertThat(memory.grow(1)).isEqualTo(1);
        memory.store32(2 * PAGE - 4, 0, 1);
        assertTraps(() -> memory.store32(2 * PAGE - 3, 0, 1));
        assertTraps(() -> memory.fill(PAGE, 1, PAGE + 1));
        assertThat(memory.bytes()).isSameAs(before);
    }

    @Test
    void aSharedMemoryTakesWhatTheHeapHasOfItsMaximum() {
        LinearMemory memory = LinearMemory.create(1, PAGE, true);
        assertThat(memory.maximumPages()).isEqualTo(32_767);
        memory.store32(PAGE - 4, 0, 42);
        assertTraps(() -> memory.load32(PAGE, 0));
    }

    @Test
    void anInterruptEndsBulkOperators() {
        LinearMemory flat = LinearMemory.create(200, 200, false);
        LinearMemory segmented = large(200, -1);
        for (LinearMemory memory : List.of(flat, segmented)) {
            for (Runnable bulk : List.<Runnable>of(
                    () -> memory.fill(0, 1, memory.size()),
                    () -> memory.copy(0, memory, 1, memory.size() - 1),
                    () -> memory.copy(1, memory, 0, memory.size() - 1),
                    () -> memory.copy(0, memory == flat ? segmented : flat, 0, memory.size()))) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(bulk::run)
                        .isInstanceOfSatisfying(
                                GuestTrap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }
}
