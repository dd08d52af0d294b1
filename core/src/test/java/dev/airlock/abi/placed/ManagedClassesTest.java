package dev.airlock.abi.placed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads the class table of an AssemblyScript guest. */
class ManagedClassesTest {
    private static final int TABLE_AT = 1000;

    private static List<Integer> read(int... words) {
        ByteBuffer memory = ByteBuffer.allocate(TABLE_AT + words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        memory.position(TABLE_AT).asIntBuffer().put(words);
        // As the engine reads it: after what the module fixes there are zeros.
        return ManagedClasses.readTable(
                TABLE_AT, (offset, length) -> Arrays.copyOfRange(memory.array(), offset, offset + length));
    }

    @Test
    void aTableHasFlagsForEachClass() {
        assertThat(read(5, 32, 32, 32, 0, 16642)).containsExactly(32, 32, 32, 0, 16642);
        assertThat(read(3, 32, 32, 32)).containsExactly(32, 32, 32);
    }

    @Test
    void trailingZerosMayBeMissing() {
        assertThat(read(5, 32, 32, 32, 16642)).containsExactly(32, 32, 32, 16642, 0);
    }

    @Test
    void otherBytesAreNoTable() {
        assertThat(read(2, 32, 32)).isEmpty();
        assertThat(read(-1, 32, 32, 32)).isEmpty();
        assertThat(read((1 << 16) + 1, 32, 32, 32)).isEmpty();
        assertThat(read(4, 32, 32, 16, 0)).isEmpty();
        // Releases before 0.22 have two words for each class.
        assertThat(read(4, 32, 0, 32, 0, 0, 0, 1, 0)).isEmpty();
        assertThat(ManagedClasses.readTable(TABLE_AT, (offset, length) -> null)).isEmpty();
        assertThat(ManagedClasses.readTable(TABLE_AT, (offset, length) -> length > 4 ? null : new byte[] {3, 0, 0, 0}))
                .isEmpty();
    }

    @Test
    void aMapIsNoList() {
        var classes = new ManagedClasses(2, Set.of(), List.of(32, 32, 32, 8522000, 2306, 2568), Map.of());
        assertThat(classes.lists(BlockForm.INTS)).containsExactly(new ManagedClass(4, ManagedList.ARRAY));
    }

    @Test
    void classesAreNamed() {
        var classes = new ManagedClasses(
                2,
                Set.of(),
                List.of(32, 32, 32, 0, 16642, 65, 6692, 130),
                Map.of("Point_ID", 3, "Array_string_ID", 4, "Uint8Array_ID", 5));
        assertThat(classes.describe(1)).isEqualTo("class 1 (ArrayBuffer)");
        assertThat(classes.describe(2)).isEqualTo("class 2 (String)");
        assertThat(classes.describe(3)).isEqualTo("class 3 (Point)");
        assertThat(classes.describe(4)).isEqualTo("class 4 (Array<string>)");
        assertThat(classes.describe(5)).isEqualTo("class 5 (Uint8Array)");
        assertThat(classes.describe(6)).isEqualTo("class 6 (StaticArray<f64>)");
        assertThat(classes.describe(7)).isEqualTo("class 7 (Array<u16>)");
        assertThat(classes.describe(8)).isEqualTo("class 8 (which the guest does not have)");
        assertThat(classes.describe(0)).isEqualTo("class 0");
        assertThat(new ManagedClasses(2, Set.of(), List.of(), Map.of()).describe(8))
                .isEqualTo("class 8");
    }

    @Test
    void oldReleasesCountFromTheBuffer() {
        var old = new ManagedClasses(1, Set.of(), List.of(), Map.of());
        assertThat(old.buffer()).isZero();
        assertThat(old.lists(BlockForm.BYTES)).containsExactly(new ManagedClass(0, ManagedList.ARRAY_BUFFER));
        assertThat(old.lists(BlockForm.LONGS)).isEmpty();
    }
}
