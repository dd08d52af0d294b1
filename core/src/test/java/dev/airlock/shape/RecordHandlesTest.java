package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.type.WrittenTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordHandlesTest {
    private record Hidden(int a, long b, String c) {
        Hidden {
            if (a < 0) {
                throw new IllegalArgumentException("a below 0");
            }
        }
    }

    private sealed interface Some {}

    private record One(String text) implements Some {}

    private record None() implements Some {}

    @Test
    void handlesReadAndMakePrivateRecords() throws Throwable {
        RecordShape shape = (RecordShape) Shapes.of(Hidden.class);
        Hidden made = (Hidden) shape.constructor().invokeExact(1, 2L, "three");
        assertThat(made).isEqualTo(new Hidden(1, 2, "three"));
        List<MethodHandle> accessors = shape.accessors();
        assertThat((int) accessors.get(0).invokeExact(made)).isEqualTo(1);
        assertThat((long) accessors.get(1).invokeExact(made)).isEqualTo(2);
        assertThat((String) accessors.get(2).invokeExact(made)).isEqualTo("three");
        assertThatThrownBy(() -> shape.constructor().invoke(-1, 2L, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a below 0");
    }

    @Test
    void handlesFollowTheOrderOfWit() throws Throwable {
        RecordShape shape = (RecordShape)
                Shapes.fit(Shapes.of(Hidden.class), WrittenTypes.type("record {c: string, a: u8, b: u64}"));
        assertThat(shape.constructor().type())
                .isEqualTo(MethodType.methodType(Hidden.class, String.class, int.class, long.class));
        Hidden made = (Hidden) shape.constructor().invokeExact("three", 1, 2L);
        assertThat(made).isEqualTo(new Hidden(1, 2, "three"));
        assertThat((String) shape.accessors().get(0).invokeExact(made)).isEqualTo("three");
        assertThat((long) shape.accessors().get(2).invokeExact(made)).isEqualTo(2);
    }

    @Test
    void casesAreWrappedAndUnwrapped() throws Throwable {
        VariantShape shape = (VariantShape) Shapes.of(Some.class);
        One one = (One) shape.cases().get(0).constructor().invokeExact("text");
        assertThat((String) shape.cases().get(0).accessor().invokeExact(one)).isEqualTo("text");
        assertThat((None) shape.cases().get(1).constructor().invokeExact()).isEqualTo(new None());
    }

    @Test
    void saysWhatToDoWhereARecordCannotBeReached() {
        Class<?> locked = lockedRecord();
        assertThatThrownBy(() -> RecordHandles.accessor(locked, 0))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith(locked.getTypeName()
                        + " cannot be reached: add to module java.base: opens sun.security.pkcs; (");
    }

    /** A record of the JDK's own that no module of ours may look into. */
    private static Class<?> lockedRecord() {
        try {
            return Class.forName("sun.security.pkcs.SignerInfo$AlgorithmInfo", false, null);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
