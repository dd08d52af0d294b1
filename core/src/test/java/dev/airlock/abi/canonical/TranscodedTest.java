package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.memory.linear.LinearMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Compares strings from memory to memory with the component model's reference: see the head of transcoding-oracle.txt.
 */
class TranscodedTest {
    private static final int START = 16;

    private static final MethodHandle REALLOC = FakeGuest.handle(
            TranscodedTest.class,
            "realloc",
            int.class,
            CanonicalContext.class,
            int.class,
            int.class,
            int.class,
            int.class);

    /** A receiver that moves every block with its content. */
    private static final class Receiver extends CanonicalContext {
        private final LinearMemory memory = LinearMemory.create(1, 1, false);
        private final List<String> calls = new ArrayList<>();
        private int next = START;

        @Override
        public Object fromJava(int resource, Object value, boolean own, String name) {
            throw new AssertionError();
        }

        @Override
        public Object toJava(int resource, Object representation, boolean own, Class<?> javaType) {
            throw new AssertionError();
        }

        @Override
        public int lowerOwn(int resource, Object representation) {
            throw new AssertionError();
        }

        @Override
        public Object liftOwn(int resource, int handle) {
            throw new AssertionError();
        }

        @Override
        public int lowerBorrow(int resource, Object representation) {
            throw new AssertionError();
        }

        @Override
        public Object liftBorrow(int resource, int handle) {
            throw new AssertionError();
        }

        @Override
        public void beginScope() {
            throw new AssertionError();
        }

        @Override
        public void endScope() {
            throw new AssertionError();
        }

        @Override
        public void taken() {
            throw new AssertionError();
        }

        @Override
        public void beginGiving() {
            throw new AssertionError();
        }

        @Override
        public void endGiving() {
            throw new AssertionError();
        }
    }

    static int realloc(CanonicalContext context, int old, int oldSize, int align, int size) {
        Receiver receiver = (Receiver) context;
        assertThat(receiver.mayLeave()).isFalse();
        receiver.calls.add(old + "," + oldSize + "," + align + "," + size);
        int pointer = (receiver.next + align - 1) & -align;
        receiver.next = pointer + size;
        byte[] bytes = receiver.memory.bytes();
        int moved = Math.min(Math.min(oldSize, size), bytes.length - pointer);
        System.arraycopy(bytes, old, bytes, pointer, moved);
        return pointer;
    }

    private static StringEncoding encoding(String name) {
        return switch (name) {
            case "utf8" -> StringEncoding.UTF8;
            case "utf16" -> StringEncoding.UTF16;
            default -> StringEncoding.LATIN1_UTF16;
        };
    }

    private static byte[] bytes(String hex) {
        return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    @Test
    void asTheReference() throws Throwable {
        int traps = 0;
        int moved = 0;
        for (String line : lines()) {
            String[] fields = line.split(" ");
            var memory = LinearMemory.create(1, 1, false);
            byte[] source = bytes(fields[2]);
            System.arraycopy(source, 0, memory.bytes(), START, source.length);
            int units = Integer.parseUnsignedInt(fields[3], 16);
            if (fields[4].equals("trap")) {
                traps++;
                assertThatThrownBy(() -> Transcoded.of(
                                memory, START, units, encoding(fields[0]), encoding(fields[1]), null, false, "text"))
                        .as(line)
                        .isInstanceOf(Trap.class)
                        .hasMessageContaining("text");
                continue;
            }
            Transcoded text =
                    Transcoded.of(memory, START, units, encoding(fields[0]), encoding(fields[1]), null, false, "text");
            var receiver = new Receiver();
            int pointer = text.place(REALLOC, receiver.memory, receiver, "f");
            assertThat(String.join(";", receiver.calls)).as(line).isEqualTo(fields[4]);
            assertThat(Integer.toHexString(pointer)).as(line).isEqualTo(fields[5]);
            assertThat(Integer.toHexString(text.units())).as(line).isEqualTo(fields[6]);
            byte[] expected = bytes(fields[7]);
            assertThat(receiver.memory.bytes()).as(line).startsWith(new byte[START]);
            byte[] found = new byte[expected.length];
            System.arraycopy(receiver.memory.bytes(), pointer, found, 0, found.length);
            assertThat(found).as(line).isEqualTo(expected);
            moved++;
        }
        assertThat(traps).isGreaterThan(50);
        assertThat(moved).isGreaterThan(700);
    }

    private static List<String> lines() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        TranscodedTest.class.getResourceAsStream("transcoding-oracle.txt"), "transcoding-oracle.txt"),
                StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    /** The pointer of a receiver's allocator is checked each time. */
    @Test
    void theAllocatorsPointersAreChecked() {
        var memory = LinearMemory.create(1, 1, false);
        byte[] source = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(source, 0, memory.bytes(), START, source.length);
        Transcoded text = Transcoded.of(
                memory, START, source.length, StringEncoding.LATIN1_UTF16, StringEncoding.UTF8, null, false, "text");
        var receiver = new Receiver();
        receiver.next = 0x1_0000 - source.length;
        assertThatThrownBy(() -> text.place(REALLOC, receiver.memory, receiver, "f"))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("realloc gave a block at offset 65536, length 8");
        assertThat(receiver.calls).hasSize(2);
    }
}
