package dev.airlock.memory.linear;

import static dev.airlock.memory.linear.Traps.assertTraps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MemoryImageTest {
    private static final int SIZE = 3 * 65_536;

    private static LinearMemory example(boolean segmented) {
        LinearMemory memory = LinearMemory.of(
                new MemoryLimits(3, segmented ? 40_000 : 100, 16, segmented, false), Allowance.ofHost());
        for (int i = 0; i < SIZE - 5_000; i += 3) {
            memory.store8(i, 0, i * 31);
        }
        return memory;
    }

    private static byte[] all(LinearMemory memory) {
        byte[] bytes = new byte[(int) memory.size()];
        memory.read(0, bytes, 0, bytes.length);
        return bytes;
    }

    /** All ways to write eight bytes, or fewer, at an offset of any memory. */
    private static List<BiConsumer<LinearMemory, Integer>> guestWriters() {
        byte[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
        return List.of(
                (m, o) -> m.store8(o, 0, 1),
                (m, o) -> m.store16(0, o, 0x0101),
                (m, o) -> m.store32(o, 0, 0x01010101),
                (m, o) -> m.store64(o, 0, 0x0101010101010101L),
                (m, o) -> m.storeFloat(o, 0, 1.5f),
                (m, o) -> m.storeDouble(o, 0, 1.5),
                (m, o) -> m.write(o, eight, 0, 8),
                (m, o) -> m.init(o, eight, 1, 7),
                (m, o) -> m.fill(o, 1, 8),
                (m, o) -> m.copy(o, m, o < 100 ? o + 1 : o - 1, 8),
                (m, o) -> AtomicOperators.update(o & -8, 1L, 0x1F, 0, m),
                (m, o) -> AtomicOperators.store(o, 3, 0x19, 0, m));
    }

    /** The same by hosts, and as generated code stores. */
    static List<BiConsumer<LinearMemory, Integer>> writers() {
        byte[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
        List<BiConsumer<LinearMemory, Integer>> writers = new java.util.ArrayList<>(guestWriters());
        writers.addAll(List.of(
                (m, o) -> {
                    m.marks.store(o);
                    Views.LONGS.set(m.bytes, (int) o, -1L);
                },
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
                (m, o) -> fromStream(m, o, eight)));
        return writers;
    }

    private static void toStream(LinearMemory memory, int offset, byte[] bytes) {
        try (var out = new Memory(memory).outputStream(offset, bytes.length)) {
            out.write(bytes[0]);
            out.write(bytes, 1, bytes.length - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fromStream(LinearMemory memory, int offset, byte[] bytes) {
        try {
            new Memory(memory).readFrom(new ByteArrayInputStream(bytes), offset, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void aResetUndoesWritesAnywhere(BiConsumer<LinearMemory, Integer> writer) {
        undoes(writer, false);
    }

    @Test
    void aResetOfSegmentsUndoesWritesAnywhere() {
        guestWriters().forEach(writer -> undoes(writer, true));
    }

    private static void undoes(BiConsumer<LinearMemory, Integer> writer, boolean segmented) {
        LinearMemory from = example(segmented);
        byte[] before = all(from);
        var image = MemoryImage.of(from);
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        int[] offsets = IntStream.concat(
                        IntStream.of(0, 1, SIZE - 8, SIZE - 5_000, SIZE - 5_001),
                        IntStream.range(0, 192).map(chunk -> Math.min(chunk * 1024 + chunk % 16 + 1016, SIZE - 8)))
                .toArray();
        for (int offset : offsets) {
            writer.accept(memory, offset);
            assertThat(memory.changedBytes()).isPositive();
            image.restore(memory);
            assertThat(memory.changedBytes()).isZero();
            assertThat(Arrays.mismatch(all(memory), before))
                    .as("written at %d", offset)
                    .isEqualTo(-1);
        }
        from.store8(100, 0, 77);
        image.restore(memory);
        assertThat(all(memory)).as("what the first memory writes is its own").isEqualTo(before);
    }

    @Test
    void aStoreBeyondTheMemoryDoesNoHarm() {
        var image = MemoryImage.of(example(false));
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        memory.grow(90);
        image.restore(memory);
        for (int offset : new int[] {SIZE, SIZE + 65_536, SIZE + 90 * 65_536 - 1, SIZE + 90 * 65_536, -1}) {
            memory.marks.store(offset);
            assertTraps(() -> memory.store8(offset & 0xFFFF_FFFFL, 0, 1));
        }
        image.restore(memory);
        assertThat(all(memory)).isEqualTo(all(example(false)));
        image.recycle(memory);
        assertTraps(() -> memory.store8(0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void growthIsTakenBack(boolean segmented) {
        var image = MemoryImage.of(example(segmented));
        var allowance = new Allowance(Limits.defaults().memoryBytes(100L << 16), null);
        LinearMemory memory = image.newMemory(allowance);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int pages = random.nextInt(40);
            assertThat(memory.grow(pages)).isEqualTo(3);
            byte[] grown = new byte[pages * 65_536];
            memory.read(SIZE, grown, 0, grown.length);
            assertThat(grown).containsOnly(pages == 0 ? new byte[0] : new byte[1]);
            for (int j = 0; j < 100; j++) {
                memory.store64(random.nextInt((int) memory.size() - 7), 0, random.nextLong());
            }
            image.restore(memory);
            assertThat(memory.size()).isEqualTo(SIZE);
            assertThat(allowance.memoryLeft()).isEqualTo(97L << 16);
        }
        assertThat(all(memory)).isEqualTo(all(example(segmented)));
    }

    @Test
    void manyChunksOfAnyPatternAreTakenBack() {
        LinearMemory from = LinearMemory.create(10, 10, false);
        for (int i = 0; i < from.size(); i += 7) {
            from.store8(i, 0, i * 31);
        }
        byte[] before = all(from);
        var image = MemoryImage.of(from);
        LinearMemory memory = image.newMemory(Allowance.ofHost());
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            for (int at = random.nextInt(100_000); at < memory.size(); at += random.nextInt(100_000)) {
                memory.fill(at, 1, Math.min(memory.size() - at, random.nextInt(80_000)));
            }
            image.restore(memory);
            assertThat(Arrays.mismatch(all(memory), before)).isEqualTo(-1);
        }
        memory.fill(0, 1, memory.size());
        image.restore(memory);
        assertThat(all(memory)).isEqualTo(before);
    }

    @Test
    void anArrayIsUsedAgainOnlyWhenItIsClean() {
        var image = MemoryImage.of(example(false));
        LinearMemory first = image.newMemory(Allowance.ofHost());
        byte[] array = first.bytes();
        first.fill(0, 1, SIZE);
        image.recycle(first);
        assertThat(first.size()).isZero();
        LinearMemory second = image.newMemory(Allowance.ofHost());
        assertThat(second.bytes()).isSameAs(array);
        assertThat(all(second)).isEqualTo(all(example(false)));
        second.grow(1);
        image.recycle(second);
        assertThat(image.newMemory(Allowance.ofHost()).bytes())
                .as("a memory that grew has another array")
                .isNotSameAs(array);
    }

    /** What the one before wrote beyond is neither in reach nor there when the next one grows. */
    @Test
    void anArrayThatGrewServesTheNextOneToo() {
        MemoryImage image = MemoryImage.of(LinearMemory.create(1, 4, false));
        LinearMemory first = image.newMemory(Allowance.ofHost());
        assertThat(first.grow(2)).isEqualTo(1);
        first.store8(100_000, 0, 1);
        first.store64(3 * 65_536 - 8, 0, -1);
        byte[] array = first.bytes();
        image.recycle(first);
        assertThat(first.size()).isZero();
        LinearMemory second = image.newMemory(Allowance.ofHost());
        assertThat(second.bytes()).isSameAs(array);
        assertThat(second.size()).isEqualTo(65_536);
        assertTraps(() -> second.load8(65_536, 0));
        assertTraps(() -> second.store32(65_533, 0, 1));
        assertThat(second.grow(2)).isEqualTo(1);
        assertThat(second.bytes()).isSameAs(array).containsOnly(0);
    }

    @Test
    void memoriesOfOneImageShareWhatTheyHaveNotWritten() {
        LinearMemory from = LinearMemory.of(new MemoryLimits(1L << 20, -1, 16, true, false), Allowance.ofHost());
        from.store64(5L << 30, 0, 42);
        var image = MemoryImage.of(from);
        LinearMemory first = image.newMemory(Allowance.ofHost());
        LinearMemory second = image.newMemory(Allowance.ofHost());
        first.store64(5L << 30, 8, 1);
        from.store64(5L << 30, 8, 2);
        assertThat(second.load64(5L << 30, 8)).isZero();
        assertThat(second.load64(5L << 30, 0)).isEqualTo(42);
        assertThat(first.load64(5L << 30, 8)).isEqualTo(1);
        assertThat(first.changedBytes()).isEqualTo(65_536);
        image.recycle(first);
        assertTraps(() -> first.load8(0, 0));
    }
}
