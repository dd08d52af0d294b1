package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Binary;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same by 64-bit offsets in memories of one array and of pieces. */
class LongOffsetsTest {
    private static final int PAGE = 65_536;

    /** A memory of 64-bit addresses. */
    private static Memory memory(int pages) {
        // The size in three bytes of LEB128.
        byte[] size = {(byte) (pages & 0x7F | 0x80), (byte) (pages >> 7 & 0x7F | 0x80), (byte) (pages >> 14)};
        byte[] module = Binary.module(Binary.section(5, 1, 4, size), Binary.section(7, 1, "memory", 2, 0));
        return new Linker()
                .limits(Limits.defaults().memoryBytes(8L << 30))
                .instantiate(Engine.create().compile("memory.wasm", module))
                .memory();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100_000})
    void everyAccessReachesTheLastByteAndNoFurther(int pages) {
        Memory memory = memory(pages);
        long end = (long) pages * PAGE;
        assertThat(memory.dataSize()).isEqualTo(end);
        memory.writeLong(end - 8, 0x0123_4567_89AB_CDEFL);
        assertThat(memory.readLong(end - 8)).isEqualTo(0x0123_4567_89AB_CDEFL);
        assertThat(memory.readInt(end - 8)).isEqualTo(0x89AB_CDEF);
        assertThat(memory.readShort(end - 2)).isEqualTo((short) 0x0123);
        assertThat(memory.readByte(end - 1)).isEqualTo((byte) 1);
        memory.writeDouble(end - 8, -2.5);
        assertThat(memory.readDouble(end - 8)).isEqualTo(-2.5);
        memory.writeFloat(end - 4, 1.5f);
        assertThat(memory.readFloat(end - 4)).isEqualTo(1.5f);
        for (long bad : new long[] {end - 7, end, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> memory.readLong(bad)).isInstanceOf(MemoryAccessException.class);
            assertThatThrownBy(() -> memory.writeLong(bad, 1)).isInstanceOf(MemoryAccessException.class);
            assertThatThrownBy(() -> memory.read(bad, 8)).isInstanceOf(MemoryAccessException.class);
            assertThatThrownBy(() -> memory.fill(bad, 8, (byte) 1)).isInstanceOf(MemoryAccessException.class);
            assertThatThrownBy(() -> memory.copy(0, bad, 8)).isInstanceOf(MemoryAccessException.class);
            assertThatThrownBy(() -> memory.copy(bad, 0, 8)).isInstanceOf(MemoryAccessException.class);
        }
        assertThatThrownBy(() -> memory.read(0L, -1)).isInstanceOf(MemoryAccessException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100_000})
    void rangesCrossThePiecesOfAMemory(int pages) {
        Memory memory = memory(pages);
        long middle = (long) (pages - 1) * PAGE;
        int written = memory.writeString(middle - 3, "über eine Grenze");
        assertThat(memory.readString(middle - 3, written)).isEqualTo("über eine Grenze");
        memory.copy(10L, middle - 3, written);
        assertThat(memory.readString(10L, written)).isEqualTo("über eine Grenze");
        memory.fill(middle - 3, 5, (byte) 7);
        assertThat(memory.read(middle - 3, 6)).startsWith(7, 7, 7, 7, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000})
    void shortOffsetsAreForMemoriesInOneArray(int pages) {
        Memory memory = memory(pages);
        assertThatThrownBy(() -> memory.readInt(0)).isInstanceOf(SignatureException.class);
    }
}
