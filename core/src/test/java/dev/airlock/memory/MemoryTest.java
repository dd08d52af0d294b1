package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.error.LimitException;
import dev.airlock.error.MemoryAccessException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
    private static final int PAGE = 65_536;

    record Access(String name, int width, BiConsumer<Memory, Integer> run) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Access> accesses() {
        return List.of(
                new Access("readByte", 1, Memory::readByte),
                new Access("readUnsignedByte", 1, Memory::readUnsignedByte),
                new Access("readShort", 2, Memory::readShort),
                new Access("readUnsignedShort", 2, Memory::readUnsignedShort),
                new Access("readInt", 4, Memory::readInt),
                new Access("readUnsignedInt", 4, Memory::readUnsignedInt),
                new Access("readLong", 8, Memory::readLong),
                new Access("readFloat", 4, Memory::readFloat),
                new Access("readDouble", 8, Memory::readDouble),
                new Access("writeByte", 1, (m, o) -> m.writeByte(o, (byte) 1)),
                new Access("writeShort", 2, (m, o) -> m.writeShort(o, (short) 1)),
                new Access("writeInt", 4, (m, o) -> m.writeInt(o, 1)),
                new Access("writeLong", 8, (m, o) -> m.writeLong(o, 1)),
                new Access("writeFloat", 4, (m, o) -> m.writeFloat(o, 1)),
                new Access("writeDouble", 8, (m, o) -> m.writeDouble(o, 1)),
                new Access("read", 5, (m, o) -> m.read(o, 5)),
                new Access("read array", 5, (m, o) -> m.read(o, new byte[5])),
                new Access("read buffer", 5, (m, o) -> m.read(o, ByteBuffer.allocateDirect(5))),
                new Access("write array", 5, (m, o) -> m.write(o, new byte[5])),
                new Access("write buffer", 5, (m, o) -> m.write(o, ByteBuffer.allocateDirect(5))),
                new Access("readShorts", 6, (m, o) -> m.readShorts(o, 3)),
                new Access("readInts", 12, (m, o) -> m.readInts(o, 3)),
                new Access("readLongs", 24, (m, o) -> m.readLongs(o, 3)),
                new Access("readFloats", 12, (m, o) -> m.readFloats(o, 3)),
                new Access("readDoubles", 24, (m, o) -> m.readDoubles(o, 3)),
                new Access("writeShorts", 6, (m, o) -> m.writeShorts(o, new short[3])),
                new Access("writeInts", 12, (m, o) -> m.writeInts(o, new int[3])),
                new Access("writeLongs", 24, (m, o) -> m.writeLongs(o, new long[3])),
                new Access("writeFloats", 12, (m, o) -> m.writeFloats(o, new float[3])),
                new Access("writeDoubles", 24, (m, o) -> m.writeDoubles(o, new double[3])),
                new Access("readString", 5, (m, o) -> m.readString(o, 5)),
                new Access("writeString", 5, (m, o) -> m.writeString(o, "hello")),
                new Access("inputStream", 5, (m, o) -> m.inputStream(o, 5)),
                new Access("outputStream", 5, (m, o) -> m.outputStream(o, 5)),
                new Access("fill", 5, (m, o) -> m.fill(o, 5, (byte) 1)),
                new Access("copy to", 5, (m, o) -> m.copy(o, 0, 5)),
                new Access("copy from", 5, (m, o) -> m.copy(0, o, 5)));
    }

    private static void assertOutside(ThrowingCallable access, long offset, long length, long size) {
        assertThatThrownBy(access).isInstanceOfSatisfying(MemoryAccessException.class, e -> {
            assertThat(e.offset()).isEqualTo(offset);
            assertThat(e.length()).isEqualTo(length);
            assertThat(e.size()).isEqualTo(size);
        });
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void boundsOfEveryWidth(Access access) {
        for (Memory memory : List.of(Memory.create(1, 4), Memory.createShared(1, 4))) {
            assertThatCode(() -> access.run.accept(memory, 0)).doesNotThrowAnyException();
            assertThatCode(() -> access.run.accept(memory, PAGE - access.width)).doesNotThrowAnyException();
            for (int outside : new int[] {PAGE - access.width + 1, PAGE, PAGE + 1, -1, -4, Integer.MIN_VALUE}) {
                assertOutside(
                        () -> access.run.accept(memory, outside), Integer.toUnsignedLong(outside), access.width, PAGE);
            }
        }
    }

    @ParameterizedTest(name = "offset {0}, length {1}")
    @CsvSource({
        "65537, 0",
        "0, 65537",
        "0, -1",
        "100, -1",
        "100, -100",
        "-1, 0",
        "-1, 1",
        "-1, 2",
        "-100, 200",
        "-2147483648, 0",
        "-2147483648, -2147483648",
        "2147483647, 2147483647",
        "2147483647, -2147483648",
        "65536, -65536",
        "1, -2147483648",
        "-1, -1"
    })
    void noSumOfOffsetAndLengthOverflows(int offset, int length) {
        Memory memory = Memory.create(1, 4);
        long at = Integer.toUnsignedLong(offset);
        long many = Integer.toUnsignedLong(length);
        assertOutside(() -> memory.read(offset, length), at, many, PAGE);
        assertOutside(() -> memory.readString(offset, length), at, many, PAGE);
        assertOutside(() -> memory.readString(offset, length, StandardCharsets.UTF_16LE), at, many, PAGE);
        assertOutside(() -> memory.fill(offset, length, (byte) 1), at, many, PAGE);
        assertOutside(() -> memory.copy(offset, 0, length), length == 0 ? at : many > PAGE ? 0 : at, many, PAGE);
        assertOutside(() -> memory.copy(0, offset, length), at, many, PAGE);
        assertOutside(() -> memory.inputStream(offset, length), at, many, PAGE);
        assertOutside(() -> memory.outputStream(offset, length), at, many, PAGE);
        assertOutside(() -> memory.writeTo(offset, length, System.out), at, many, PAGE);
        assertOutside(() -> memory.readFrom(System.in, offset, length), at, many, PAGE);
        assertOutside(() -> memory.readShorts(offset, length), at, many * 2, PAGE);
        assertOutside(() -> memory.readInts(offset, length), at, many * 4, PAGE);
        assertOutside(() -> memory.readLongs(offset, length), at, many * 8, PAGE);
        assertOutside(() -> memory.readFloats(offset, length), at, many * 4, PAGE);
        assertOutside(() -> memory.readDoubles(offset, length), at, many * 8, PAGE);
        assertThat(memory.read(0, PAGE)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x4000_0000, 0x2000_0000, 0x8000_0000, 0x4000_0001})
    void aCountTimesItsWidthDoesNotOverflow(int count) {
        Memory memory = Memory.create(1, 1);
        assertOutside(() -> memory.readInts(0, count), 0, Integer.toUnsignedLong(count) * 4, PAGE);
        assertOutside(() -> memory.readLongs(0, count), 0, Integer.toUnsignedLong(count) * 8, PAGE);
    }

    @Test
    void nothingIsReadOrWrittenAtTheEnd() {
        Memory memory = Memory.create(1, 1);
        assertThat(memory.read(PAGE, 0)).isEmpty();
        assertThat(memory.readString(PAGE, 0)).isEmpty();
        assertThat(memory.readLongs(PAGE, 0)).isEmpty();
        assertThat(memory.writeString(PAGE, "")).isZero();
        memory.write(PAGE, new byte[0]);
        memory.writeInts(PAGE, new int[0]);
        memory.fill(PAGE, 0, (byte) 1);
        memory.copy(PAGE, PAGE, 0);
        assertThat(Memory.create(0, 0).read(0, 0)).isEmpty();
    }

    private static Memory masked() {
        Memory memory = Memory.create(1, 4);
        memory.fill(0, PAGE, (byte) '?');
        return memory;
    }

    private static String draw(Memory memory, int length) {
        return new String(memory.read(0, length), StandardCharsets.ISO_8859_1);
    }

    @Test
    void numbersAreLittleEndianAndTouchNoNeighbour() {
        Memory memory = masked();
        memory.writeByte(1, (byte) 'a');
        memory.writeShort(3, (short) 0x6362);
        memory.writeInt(6, 0x6766_6564);
        memory.writeLong(11, 0x6F6E_6D6C_6B6A_6968L);
        memory.writeFloat(20, Float.intBitsToFloat(0x7372_7170));
        memory.writeDouble(25, Double.longBitsToDouble(0x3736_3534_3332_3130L));
        assertThat(draw(memory, 34)).isEqualTo("?a?bc?defg?hijklmno?pqrs?01234567?");
        assertThat(memory.readByte(1)).isEqualTo((byte) 'a');
        assertThat(memory.readShort(3)).isEqualTo((short) 0x6362);
        assertThat(memory.readInt(6)).isEqualTo(0x6766_6564);
        assertThat(memory.readLong(11)).isEqualTo(0x6F6E_6D6C_6B6A_6968L);
        assertThat(memory.readFloat(20)).isEqualTo(Float.intBitsToFloat(0x7372_7170));
        assertThat(memory.readDouble(25)).isEqualTo(Double.longBitsToDouble(0x3736_3534_3332_3130L));
    }

    @Test
    void unsignedReads() {
        Memory memory = Memory.create(1, 1);
        memory.fill(0, 16, (byte) 0xFF);
        assertThat(memory.readByte(1)).isEqualTo((byte) -1);
        assertThat(memory.readUnsignedByte(1)).isEqualTo(255);
        assertThat(memory.readShort(1)).isEqualTo((short) -1);
        assertThat(memory.readUnsignedShort(1)).isEqualTo(65_535);
        assertThat(memory.readInt(1)).isEqualTo(-1);
        assertThat(memory.readUnsignedInt(1)).isEqualTo(4_294_967_295L);
    }

    @Test
    void aNaNKeepsItsBits() {
        Memory memory = Memory.create(1, 1);
        memory.writeInt(0, 0x7FC0_1234);
        memory.writeFloat(4, memory.readFloat(0));
        memory.writeFloats(8, memory.readFloats(0, 2));
        assertThat(memory.readInts(0, 4)).containsOnly(0x7FC0_1234);
    }

    @Test
    void bytesGoInAndOut() {
        Memory memory = masked();
        memory.write(1, "abc".getBytes(StandardCharsets.UTF_8));
        memory.write(5, "vwxyz".getBytes(StandardCharsets.UTF_8), 1, 3);
        memory.write(9, ByteBuffer.wrap("0123".getBytes(StandardCharsets.UTF_8), 1, 2));
        assertThat(draw(memory, 12)).isEqualTo("?abc?wxy?12?");

        byte[] out = "________".getBytes(StandardCharsets.UTF_8);
        memory.read(1, out, 2, 3);
        assertThat(new String(out, StandardCharsets.UTF_8)).isEqualTo("__abc___");
        ByteBuffer buffer = ByteBuffer.allocateDirect(6);
        buffer.position(1).limit(4);
        memory.read(5, buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(buffer.flip().position(1).get()).isEqualTo((byte) 'w');
        assertThatThrownBy(() -> memory.read(0, out, 6, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.write(0, out, -1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsReturnCopies() {
        Memory memory = masked();
        byte[] copy = memory.read(0, 4);
        copy[0] = 0;
        memory.writeByte(1, (byte) 0);
        assertThat(memory.readByte(0)).isEqualTo((byte) '?');
        assertThat(copy[1]).isEqualTo((byte) '?');
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 1_000})
    void arraysGoInAndOutAtAnyAlignment(int count) {
        Memory memory = masked();
        short[] shorts = new short[count];
        int[] ints = new int[count];
        long[] longs = new long[count];
        float[] floats = new float[count];
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
            shorts[i] = (short) (i * 0x1234_5677);
            ints[i] = i * 0x1234_5677;
            longs[i] = i * 0x1234_5677_89AB_CDEFL;
            floats[i] = i / 3f;
            doubles[i] = i / 3d;
        }
        memory.writeShorts(1, shorts);
        memory.writeInts(10_001, ints);
        memory.writeLongs(20_001, longs);
        memory.writeFloats(30_001, floats);
        memory.writeDoubles(40_001, doubles);
        assertThat(memory.readShorts(1, count)).isEqualTo(shorts);
        assertThat(memory.readInts(10_001, count)).isEqualTo(ints);
        assertThat(memory.readLongs(20_001, count)).isEqualTo(longs);
        assertThat(memory.readFloats(30_001, count)).isEqualTo(floats);
        assertThat(memory.readDoubles(40_001, count)).isEqualTo(doubles);
        assertThat(memory.readByte(0)).isEqualTo((byte) '?');
        assertThat(memory.readByte(1 + 2 * count)).isEqualTo((byte) '?');
        assertThat(memory.readByte(10_001 + 4 * count)).isEqualTo((byte) '?');
        assertThat(memory.readByte(20_001 + 8 * count)).isEqualTo((byte) '?');
        for (int i = 0; i < count; i++) {
            assertThat(memory.readLong(20_001 + 8 * i)).isEqualTo(longs[i]);
            assertThat(memory.readShort(1 + 2 * i)).isEqualTo(shorts[i]);
        }
    }

    @Test
    void fillAndCopy() {
        Memory memory = masked();
        memory.fill(2, 3, (byte) '.');
        memory.writeString(8, "abcdef");
        memory.copy(10, 8, 6);
        assertThat(draw(memory, 18)).isEqualTo("??...???ababcdef??");
        memory.copy(8, 10, 6);
        assertThat(draw(memory, 18)).isEqualTo("??...???abcdefef??");
    }

    @Test
    void growth() {
        Memory memory = Memory.create(1, 3);
        assertThat(memory.maximumPages()).isEqualTo(3);
        memory.writeInt(PAGE - 4, 42);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(memory.size()).isEqualTo(2);
        assertThat(memory.dataSize()).isEqualTo(2 * PAGE);
        assertThat(memory.readLong(PAGE - 4)).isEqualTo(42);
        memory.writeInt(2 * PAGE - 4, 43);
        assertThatThrownBy(() -> memory.grow(2))
                .isInstanceOf(LimitException.class)
                .hasMessage("over the limit of 3 pages of linear memory: the guest asked for 4");
        assertThatThrownBy(() -> memory.grow(-1)).isInstanceOf(LimitException.class);
        assertThat(memory.grow(0)).isEqualTo(2);
        assertThat(memory.readInt(2 * PAGE - 4)).isEqualTo(43);
    }

    @Test
    void growthThatTheHeapCannotBear() {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 31);
        Memory memory = Memory.create(1, PAGE);
        assertThatThrownBy(() -> memory.grow(32_766))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("bytes of Java heap")
                .hasMessageEndingWith("the guest asked for 2147418112");
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void theViewSeesWhatTheGuestDoes() {
        Memory memory = Memory.create(1, 4);
        memory.linear().grow(2);
        memory.linear().store32(3 * PAGE - 4, 0, 42);
        assertThat(memory.readInt(3 * PAGE - 4)).isEqualTo(42);
        assertThat(new Memory(memory.linear()).readInt(3 * PAGE - 4)).isEqualTo(42);
    }

    @Test
    void aSharedMemoryEndsAtItsSizeNotAtItsMaximum() {
        Memory memory = Memory.createShared(1, 4);
        assertThat(memory.isShared()).isTrue();
        assertThat(memory.dataSize()).isEqualTo(PAGE);
        assertOutside(() -> memory.readInt(PAGE), PAGE, 4, PAGE);
        memory.grow(1);
        assertThat(memory.readInt(PAGE)).isZero();
    }

    @Test
    void itsNameIsShort() {
        assertThat(Memory.create(1, 4)).hasToString("memory of 1 page");
        assertThat(Memory.createShared(2, 4)).hasToString("memory of 2 pages, shared");
    }
}
