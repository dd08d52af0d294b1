package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.limit.Allowance;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.runtime.TrapException;

@Tag("slow")
class MemoryImageTest {
    private static final int SIZE = 3 * 65_536;

    private static LinearMemory example() {
        var memory = new LinearMemory(3, 100, false);
        for (int i = 0; i < SIZE - 5_000; i += 3) {
            memory.writeByte(i, (byte) (i * 31));
        }
        return memory;
    }

    /** All ways to write eight bytes, or fewer, at an offset. */
    static List<BiConsumer<LinearMemory, Integer>> writers() {
        byte[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
        return List.of(
                (m, o) -> m.writeByte(o, (byte) 1),
                (m, o) -> m.writeShort(o, (short) 0x0101),
                (m, o) -> m.writeI32(o, 0x01010101),
                (m, o) -> m.writeLong(o, 0x0101010101010101L),
                (m, o) -> m.writeF32(o, 1.5f),
                (m, o) -> m.writeF64(o, 1.5),
                (m, o) -> m.write(o, eight),
                (m, o) -> m.fill((byte) 1, o, o + 8),
                (m, o) -> m.copy(o, o < 100 ? o + 1 : o - 1, 8),
                (m, o) -> m.atomicAddLong(o & -8, 1),
                (m, o) -> m.atomicXchgByte(o, (byte) 3),
                (m, o) -> m.writeCString(o, "abc"),
                (m, o) -> new Memory(m).writeByte(o, (byte) 1),
                (m, o) -> new Memory(m).writeShort(o, (short) 0x0101),
                (m, o) -> new Memory(m).writeInt(o, 0x01010101),
                (m, o) -> new Memory(m).writeLong(o, 0x0101010101010101L),
                (m, o) -> new Memory(m).writeDouble(o, 1.5),
                (m, o) -> new Memory(m).write(o, eight, 1, 7),
                (m, o) -> new Memory(m).write(o, ByteBuffer.wrap(eight)),
                (m, o) -> new Memory(m).writeShorts(o, new short[] {1, 2}),
                (m, o) -> new Memory(m).writeInts(o, new int[] {1, 2}),
                (m, o) -> new Memory(m).writeLongs(o, new long[] {1}),
                (m, o) -> new Memory(m).writeFloats(o, new float[] {1, 2}),
                (m, o) -> new Memory(m).writeDoubles(o, new double[] {1}),
                (m, o) -> new Memory(m).writeString(o, "abcdefgh"),
                (m, o) -> new Memory(m).fill(o, 8, (byte) 1),
                (m, o) -> new Memory(m).copy(o, o < 100 ? o + 1 : o - 1, 8),
                (m, o) -> toStream(m, o, eight),
                (m, o) -> fromStream(m, o, eight),
                (m, o) -> m.alias().writeLong(o, 1L));
    }

    private static void toStream(LinearMemory memory, int offset, byte[] bytes) {
        try (var out = new Memory(memory).outputStream(offset, bytes.length)) {
            out.write(bytes[0]);
            out.write(bytes, 1, bytes.length - 1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void fromStream(LinearMemory memory, int offset, byte[] bytes) {
        try {
            new Memory(memory).readFrom(new ByteArrayInputStream(bytes), offset, bytes.length);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void aResetUndoesWritesAnywhere(BiConsumer<LinearMemory, Integer> writer) {
        LinearMemory from = example();
        byte[] before = from.readBytes(0, SIZE);
        var image = new MemoryImage(from);
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        int[] offsets = IntStream.concat(
                        IntStream.of(0, 1, SIZE - 8, SIZE - 5_000, SIZE - 5_001),
                        IntStream.range(0, 192).map(chunk -> Math.min(chunk * 1024 + chunk % 16 + 1016, SIZE - 8)))
                .toArray();
        for (int offset : offsets) {
            writer.accept(memory, offset);
            image.restore(memory);
            assertThat(memory.readBytes(0, SIZE)).as("written at %d", offset).isEqualTo(before);
        }
        assertThat(from.readBytes(0, SIZE)).isEqualTo(before);
    }

    @Test
    void aStoreBeyondTheMemoryDoesNoHarm() {
        var image = new MemoryImage(example());
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        memory.grow(90);
        image.restore(memory);
        for (int offset : new int[] {SIZE, SIZE + 65_536, SIZE + 90 * 65_536 - 1, SIZE + 90 * 65_536, -1}) {
            assertThatThrownBy(() -> memory.writeByte(offset, (byte) 1)).isInstanceOf(TrapException.class);
        }
        image.restore(memory);
        assertThat(memory.readBytes(0, SIZE)).isEqualTo(example().readBytes(0, SIZE));
        image.recycle(memory);
        assertThatThrownBy(() -> memory.writeByte(0, (byte) 1)).isInstanceOf(TrapException.class);
    }

    @Test
    void growthIsTakenBack() {
        var image = new MemoryImage(example());
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int pages = random.nextInt(40);
            assertThat(memory.grow(pages)).isEqualTo(3);
            assertThat(memory.readBytes(SIZE, pages * 65_536)).containsOnly(pages == 0 ? new byte[0] : new byte[1]);
            for (int j = 0; j < 100; j++) {
                memory.writeLong(random.nextInt(memory.size() - 7), random.nextLong());
            }
            image.restore(memory);
            assertThat(memory.size()).isEqualTo(SIZE);
        }
        assertThat(memory.readBytes(0, SIZE)).isEqualTo(example().readBytes(0, SIZE));
    }

    @Test
    void manyChunksOfAnyPatternAreTakenBack() {
        var from = new LinearMemory(10, 10, false);
        for (int i = 0; i < from.size(); i += 7) {
            from.writeByte(i, (byte) (i * 31));
        }
        byte[] before = from.readBytes(0, from.size());
        var image = new MemoryImage(from);
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            for (int at = random.nextInt(100_000); at < memory.size(); at += random.nextInt(100_000)) {
                memory.fill((byte) 1, at, Math.min(memory.size(), at + random.nextInt(80_000)));
            }
            image.restore(memory);
            assertThat(Arrays.mismatch(memory.readBytes(0, memory.size()), before))
                    .isEqualTo(-1);
        }
        memory.fill((byte) 1, 0, memory.size());
        image.restore(memory);
        assertThat(memory.readBytes(0, memory.size())).isEqualTo(before);
    }

    @Test
    void anArrayIsUsedAgainOnlyWhenItIsClean() {
        var image = new MemoryImage(example());
        LinearMemory first = image.newMemory(Allowance.ofHost());
        byte[] array = first.bytes();
        first.fill((byte) 1, 0, SIZE);
        image.recycle(first);
        assertThat(first.size()).isZero();
        LinearMemory second = image.newMemory(Allowance.ofHost());
        assertThat(second.bytes()).isSameAs(array);
        assertThat(second.readBytes(0, SIZE)).isEqualTo(example().readBytes(0, SIZE));
        second.grow(1);
        image.recycle(second);
        assertThat(image.newMemory(Allowance.ofHost()).bytes())
                .as("a memory that grew has another array")
                .isNotSameAs(array);
    }

    /** What the one before wrote beyond is neither in reach nor there when the next one grows. */
    @Test
    void anArrayThatGrewServesTheNextOneToo() {
        MemoryImage image = new MemoryImage(new LinearMemory(1, 4, false));
        LinearMemory first = image.newMemory(Allowance.ofHost());
        assertThat(first.grow(2)).isEqualTo(1);
        first.writeByte(100_000, (byte) 1);
        first.writeLong(3 * 65_536 - 8, -1);
        byte[] array = first.bytes();
        image.recycle(first);
        assertThat(first.size()).isZero();
        LinearMemory second = image.newMemory(Allowance.ofHost());
        assertThat(second.bytes()).isSameAs(array);
        assertThat(second.size()).isEqualTo(65_536);
        assertThatThrownBy(() -> second.read(65_536)).isInstanceOf(TrapException.class);
        assertThatThrownBy(() -> second.writeI32(65_533, 1)).isInstanceOf(TrapException.class);
        assertThat(second.grow(2)).isEqualTo(1);
        assertThat(second.bytes()).isSameAs(array).containsOnly(0);
    }
}
