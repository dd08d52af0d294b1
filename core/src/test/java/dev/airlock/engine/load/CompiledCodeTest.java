package dev.airlock.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of a compilation on disk. */
class CompiledCodeTest {
    private static CompiledCode code() {
        var group = new CompiledGroup(
                "g.A",
                Map.of("g.A", new byte[] {1, 2, 3}, "g.A_1", new byte[0]),
                new String[] {"f", "f_1"},
                new int[] {7, 7},
                Map.of(7, 9_000));
        return new CompiledCode("g.Instance", List.of(group), Map.of("g.Instance", new byte[] {-1}));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        byte[] bytes = code().bytes();
        CompiledCode read = CompiledCode.read(ByteBuffer.wrap(bytes));
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(read.instanceClass()).isEqualTo("g.Instance");
        assertThat(read.large()).containsEntry(7, 9_000);
        CompiledGroup group = read.groups().get(0);
        assertThat(group.name()).isEqualTo("g.A");
        assertThat(group.methods()).containsExactly("f", "f_1");
        assertThat(group.functions()).containsExactly(7, 7);
        assertThat(group.classes().get("g.A")).containsExactly(1, 2, 3);
        assertThat(group.classes().get("g.A_1")).isEmpty();
        assertThat(read.others().get("g.Instance")).containsExactly(-1);
    }

    @Test
    void truncatedBytesAreRefusedAtEachPlace() {
        byte[] bytes = code().bytes();
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThatThrownBy(() -> CompiledCode.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(BufferUnderflowException.class);
        }
    }

    // A cache checks a hash before it reads; this only has to end, without taking more memory than there are bytes.
    @Test
    void changedBytesGiveOtherCodeOrAreRefused() {
        byte[] bytes = code().bytes();
        int refused = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                CompiledCode read = CompiledCode.read(ByteBuffer.wrap(changed));
                assertThat(read.bytes()).isNotEqualTo(bytes);
            } catch (BufferUnderflowException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }
}
