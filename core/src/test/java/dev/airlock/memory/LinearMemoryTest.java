package dev.airlock.memory;

import static dev.airlock.memory.Traps.assertTraps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.error.LimitException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMemoryTest {
    private static final int PAGE = 65_536;

    /** One access of a fixed width, as the guest makes it. */
    record Access(String name, int width, BiConsumer<LinearMemory, Integer> run) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Access> accesses() {
        return List.of(
                new Access("read", 1, (m, a) -> m.read(a)),
                new Access("readShort", 2, (m, a) -> m.readShort(a)),
                new Access("readInt", 4, (m, a) -> m.readInt(a)),
                new Access("readLong", 8, (m, a) -> m.readLong(a)),
                new Access("readFloat", 4, (m, a) -> m.readFloat(a)),
                new Access("readDouble", 8, (m, a) -> m.readDouble(a)),
                new Access("readI8", 1, (m, a) -> m.readI8(a)),
                new Access("readU8", 1, (m, a) -> m.readU8(a)),
                new Access("readI16", 2, (m, a) -> m.readI16(a)),
                new Access("readU16", 2, (m, a) -> m.readU16(a)),
                new Access("readI32", 4, (m, a) -> m.readI32(a)),
                new Access("readU32", 4, (m, a) -> m.readU32(a)),
                new Access("readI64", 8, (m, a) -> m.readI64(a)),
                new Access("readF32", 4, (m, a) -> m.readF32(a)),
                new Access("readF64", 8, (m, a) -> m.readF64(a)),
                new Access("writeByte", 1, (m, a) -> m.writeByte(a, (byte) 1)),
                new Access("writeShort", 2, (m, a) -> m.writeShort(a, (short) 1)),
                new Access("writeI32", 4, (m, a) -> m.writeI32(a, 1)),
                new Access("writeLong", 8, (m, a) -> m.writeLong(a, 1)),
                new Access("writeF32", 4, (m, a) -> m.writeF32(a, 1)),
                new Access("writeF64", 8, (m, a) -> m.writeF64(a, 1)));
    }

    /** The same one page: as made, with an array that is longer, by another handle, and with no bytes at all. */
    private static LinearMemory memory(String kind) {
        return switch (kind) {
            case "exact" -> new LinearMemory(1, 4, false);
            case "alias" -> new LinearMemory(1, 4, false).alias();
            case "shared" -> new LinearMemory(1, 4, true);
            case "spare" -> {
                LinearMemory memory = new LinearMemory(0, PAGE, false);
                for (int i = 0; i < 21; i++) {
                    memory.grow(1);
                }
                assertThat(memory.bytes().length).isGreaterThan(memory.size());
                yield memory;
            }
            default -> new LinearMemory(0, 4, false);
        };
    }

    private static Stream<Arguments> accessesByKind() {
        return Stream.of("exact", "alias", "shared", "spare", "empty")
                .flatMap(kind -> accesses().stream().map(access -> Arguments.of(kind, access)));
    }

    @ParameterizedTest
    @MethodSource("accessesByKind")
    void boundsOfEveryWidth(String kind, Access access) {
        LinearMemory memory = memory(kind);
        int size = memory.size();
        if (size > 0) {
            assertThatCode(() -> access.run.accept(memory, 0)).doesNotThrowAnyException();
            assertThatCode(() -> access.run.accept(memory, size - access.width)).doesNotThrowAnyException();
        }
        for (int past = size - access.width + 1; past <= size + 8; past++) {
            int at = past;
            assertTraps(() -> access.run.accept(memory, at));
        }
        for (int far : new int[] {-1, -4, -8, -9, Integer.MIN_VALUE, Integer.MIN_VALUE + PAGE, Integer.MAX_VALUE}) {
            assertTraps(() -> access.run.accept(memory, far));
        }
    }

    @Test
    void aTrapSaysOffsetLengthAndSizeUnsigned() {
        assertThatThrownBy(() -> new LinearMemory(1, 1, false).readInt(0xFFFF_FFF0))
                .hasMessage("out of bounds memory access: offset 4294967280, length 4, but the memory has 65536 bytes");
    }

    @Test
    void numbersAreLittleEndianAtAnyAlignment() {
        LinearMemory memory = new LinearMemory(1, 1, false);
        memory.writeLong(3, 0x8877_6655_4433_2211L);
        assertThat(memory.readBytes(2, 10)).containsExactly(0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0);
        assertThat(memory.readInt(3)).isEqualTo(0x4433_2211);
        assertThat(memory.readI32(7)).isEqualTo(0xFFFF_FFFF_8877_6655L);
        assertThat(memory.readU32(7)).isEqualTo(0x8877_6655L);
        assertThat(memory.readF32(7)).isEqualTo(0xFFFF_FFFF_8877_6655L);
        assertThat(memory.readI16(9)).isEqualTo((short) 0x8877);
        assertThat(memory.readU16(9)).isEqualTo(0x8877);
        assertThat(memory.readI8(10)).isEqualTo((byte) 0x88);
        assertThat(memory.readU8(10)).isEqualTo(0x88);
        assertThat(memory.readF64(3)).isEqualTo(memory.readI64(3)).isEqualTo(0x8877_6655_4433_2211L);
    }

    @Test
    void aFloatKeepsTheBitsOfANaN() {
        LinearMemory memory = new LinearMemory(1, 1, false);
        memory.writeF32(0, Float.intBitsToFloat(0x7FC0_1234));
        memory.writeF64(8, Double.longBitsToDouble(0x7FF8_0000_1234_5678L));
        assertThat(memory.readInt(0)).isEqualTo(0x7FC0_1234);
        assertThat(memory.readLong(8)).isEqualTo(0x7FF8_0000_1234_5678L);
        assertThat(Float.floatToRawIntBits(memory.readFloat(0))).isEqualTo(0x7FC0_1234);
        assertThat(Double.doubleToRawLongBits(memory.readDouble(8))).isEqualTo(0x7FF8_0000_1234_5678L);
    }

    @ParameterizedTest(name = "offset {0}, length {1}")
    @CsvSource({
        "65536, 1",
        "65535, 2",
        "65537, 0",
        "0, 65537",
        "0, -1",
        "100, -1",
        "100, -100",
        "-1, 0",
        "-1, 1",
        "-1, 2",
        "-100, 100",
        "-100, 200",
        "-2147483648, 0",
        "-2147483648, -2147483648",
        "2147483647, 2147483647",
        "2147483647, -2147483648",
        "65536, -65536",
        "1, -2147483648",
        "-1, -1"
    })
    void bulkOperationsTrapOutOfBounds(int offset, int length) {
        for (String kind : List.of("exact", "shared")) {
            LinearMemory memory = memory(kind);
            assertTraps(() -> memory.readBytes(offset, length));
            // Endive adds offset and length in 32 bits to say where a fill ends.
            assertTraps(() -> memory.fill((byte) 1, offset, offset + length));
            assertTraps(() -> memory.copy(offset, 0, length));
            assertTraps(() -> memory.copy(0, offset, length));
            assertTraps(() -> memory.write(offset, new byte[70_000], 0, length));
            assertTraps(() -> memory.readString(offset, length));
            assertThat(memory.readBytes(0, PAGE)).containsOnly(0);
        }
    }

    @ParameterizedTest(name = "offset {0}, length {1}")
    @CsvSource({"0, 0", "65536, 0", "0, 65536", "65535, 1", "1, 65535"})
    void bulkOperationsReachAllOfTheMemory(int offset, int length) {
        LinearMemory memory = memory("shared");
        memory.fill((byte) '!', offset, offset + length);
        memory.copy(offset, offset, length);
        memory.write(offset, memory.readBytes(offset, length));
        assertThat(memory.readString(offset, length)).isEqualTo("!".repeat(length));
    }

    @ParameterizedTest(name = "from {0}, size {1}")
    @CsvSource({"0, 5", "5, 0", "4, 1", "1, 4"})
    void aPartOfAnArrayIsWritten(int from, int size) {
        LinearMemory memory = masked();
        memory.write(4, "abcde".getBytes(StandardCharsets.UTF_8), from, size);
        String part = "abcde".substring(from, from + size);
        assertThat(memory.readString(0, 12)).isEqualTo("????" + part + "?".repeat(8 - size));
    }

    @ParameterizedTest(name = "from {0}, size {1}")
    @CsvSource({"0, 6", "6, 0", "5, 1", "-1, 1", "1, -1", "-1, -1"})
    void noMoreIsWrittenThanTheArrayHas(int from, int size) {
        assertTraps(() -> masked().write(4, new byte[5], from, size));
    }

    @Test
    void copyBearsOverlapBothWays() {
        LinearMemory memory = masked();
        memory.writeString(4, "abcdef");
        memory.copy(6, 4, 6);
        assertThat(memory.readString(0, 16)).isEqualTo("????ababcdef????");
        memory.copy(4, 6, 6);
        assertThat(memory.readString(0, 16)).isEqualTo("????abcdefef????");
    }

    @Test
    void fillLeavesItsNeighboursAlone() {
        LinearMemory memory = masked();
        memory.fill((byte) '.', 3, 7);
        assertThat(memory.readString(0, 12)).isEqualTo("???....?????");
    }

    private static LinearMemory masked() {
        LinearMemory memory = new LinearMemory(1, 1, false);
        memory.fill((byte) '?', 0, PAGE);
        return memory;
    }

    @Test
    void stringsOfEndivesInterface() {
        LinearMemory memory = masked();
        memory.writeCString(2, "héllo");
        assertThat(memory.readBytes(1, 9)).containsExactly("?héllo\0?".getBytes(StandardCharsets.UTF_8));
        assertThat(memory.readCString(2)).isEqualTo("héllo");
        memory.writeString(20, "hé", StandardCharsets.UTF_16LE);
        assertThat(memory.readString(20, 4, StandardCharsets.UTF_16LE)).isEqualTo("hé");
        memory.writeByte(30, (byte) 0xFF);
        assertThat(memory.readString(30, 1)).isEqualTo("\uFFFD");
        assertTraps(() -> memory.readCString(100));
        assertTraps(() -> memory.writeCString(PAGE - 5, "hello"));
    }

    @Test
    void growthKeepsWhatWasThereAndAddsZeros() {
        LinearMemory memory = new LinearMemory(1, 100, false);
        memory.writeI32(PAGE - 4, 42);
        for (int pages = 1; pages < 100; pages++) {
            assertThat(memory.grow(1)).isEqualTo(pages);
            int last = pages * PAGE + PAGE - 4;
            assertThat(memory.readInt(last)).isZero();
            memory.writeI32(last, pages);
            assertTraps(() -> memory.readInt(last + 1));
        }
        assertThat(memory.readInt(PAGE - 4)).isEqualTo(42);
        IntStream.range(1, 100)
                .forEach(pages ->
                        assertThat(memory.readInt(pages * PAGE + PAGE - 4)).isEqualTo(pages));
        assertThat(memory.bytes().length).as("at its maximum").isEqualTo(memory.size());
    }

    @Test
    void theFirstGrowthsTakeNoMoreThanWasAskedFor() {
        LinearMemory memory = new LinearMemory(1, PAGE, false);
        for (int i = 0; i < 16; i++) {
            memory.grow(3);
            assertThat(memory.bytes().length).isEqualTo(memory.size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void growthIsRefusedPastTheMaximum(boolean shared) {
        LinearMemory memory = new LinearMemory(2, 4, shared);
        assertThat(memory.initialPages()).isEqualTo(2);
        assertThat(memory.maximumPages()).isEqualTo(4);
        assertThat(memory.shared()).isEqualTo(shared);
        for (int refused : new int[] {3, PAGE, Integer.MAX_VALUE, -1, -2, Integer.MIN_VALUE}) {
            assertThat(memory.grow(refused)).isEqualTo(-1);
        }
        assertThat(memory.grow(2)).isEqualTo(2);
        assertThat(memory.grow(0)).isEqualTo(4);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(4);
    }

    @Test
    void growthIsRefusedWhereTheHeapHasNoRoom() {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 31);
        LinearMemory memory = new LinearMemory(1, PAGE, false);
        memory.writeI32(0, 42);
        assertThat(memory.grow(32_766)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(1);
        assertThat(memory.readInt(0)).isEqualTo(42);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThatThrownBy(() -> new LinearMemory(32_767, PAGE, false))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("bytes of Java heap");
    }

    @Test
    void theCapIsTwoGibibytesLessAPage() {
        assertThat(new LinearMemory(0, PAGE, false).maximumPages()).isEqualTo(32_767);
        assertThat(new LinearMemory(0, PAGE, false).grow(32_768)).isEqualTo(-1);
        assertThatThrownBy(() -> new LinearMemory(32_768, PAGE, false))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("over the limit of 32767 pages of linear memory")
                .hasMessageEndingWith("the guest asked for 32768");
        assertThatThrownBy(() -> new LinearMemory(-1, PAGE, false)).isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> new LinearMemory(2, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LinearMemory(0, PAGE + 1, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSharedMemoryNeverMoves() {
        LinearMemory memory = new LinearMemory(1, 4, true);
        byte[] before = memory.bytes();
        assertThat(before).hasSize(4 * PAGE);
        LinearMemory other = memory.alias();
        assertTraps(() -> other.writeI32(PAGE, 1));
        assertThat(memory.grow(1)).isEqualTo(1);
        other.writeI32(2 * PAGE - 4, 1);
        assertTraps(() -> other.writeI32(2 * PAGE - 3, 1));
        assertTraps(() -> other.fill((byte) 1, PAGE, 2 * PAGE + 1));
        assertThat(memory.bytes()).isSameAs(before);
    }

    @Test
    void aSharedMemoryTakesWhatTheHeapHasOfItsMaximum() {
        LinearMemory memory = new LinearMemory(1, PAGE, true);
        assertThat(memory.maximumPages()).isEqualTo(32_767);
        memory.writeI32(PAGE - 4, 42);
        assertTraps(() -> memory.readInt(PAGE));
    }

    @Test
    void allHandlesSeeGrowthThroughAnyOfThem() {
        LinearMemory memory = new LinearMemory(1, 4, false);
        LinearMemory first = memory.alias();
        LinearMemory second = first.alias();
        for (LinearMemory grower : List.of(first, memory, second)) {
            int at = memory.size();
            grower.grow(1);
            for (LinearMemory writer : List.of(memory, first, second)) {
                writer.writeI32(at, 42);
                assertThat(List.of(memory, first, second))
                        .allSatisfy(m -> assertThat(m.readInt(at)).isEqualTo(42));
                writer.writeI32(at, 0);
            }
        }
    }

    @Test
    void zeroClears() {
        LinearMemory memory = new LinearMemory(1, 4, true);
        memory.zero();
        memory.fill((byte) '?', 0, PAGE);
        memory.zero();
        assertThat(memory.readBytes(0, PAGE)).containsOnly(0);
    }

    @Test
    void itsNameIsShort() {
        assertThat(new LinearMemory(3, 4, false)).hasToString("linear memory of 3 pages");
    }
}
