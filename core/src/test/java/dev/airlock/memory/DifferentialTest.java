package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.MemoryLimits;

/** Our memory against Endive's own: random accesses, the same results or both trap, the same bytes at the end. */
@Tag("slow")
class DifferentialTest {
    private static final int OPERATIONS = 60_000;

    /** Makes one access with arguments that it draws itself, to be run on both memories. */
    private interface Kind {
        Function<Memory, Object> draw(Draw d);
    }

    private record Draw(Random random, Memory memory) {
        int offset() {
            int size = memory.pages() * 65_536;
            return switch (random.nextInt(8)) {
                case 0 -> size + random.nextInt(33) - 16;
                case 1 -> random.nextInt(33) - 16;
                case 2 -> random.nextInt();
                case 3 -> 65_536 * random.nextInt(5) + random.nextInt(33) - 16;
                default -> random.nextInt(Math.max(size, 1));
            };
        }

        int aligned(int width) {
            return offset() & -width;
        }

        int length() {
            return switch (random.nextInt(16)) {
                case 0 -> random.nextInt();
                case 1 -> -random.nextInt(64);
                case 2 -> random.nextInt(3 * 65_536);
                default -> random.nextInt(100);
            };
        }

        /** Often the same few values, so that compare and exchange meets what it expects. */
        long value() {
            return random.nextBoolean() ? random.nextInt(3) - 1 : random.nextLong();
        }
    }

    private static Function<Memory, Object> done(Consumer<Memory> write) {
        return m -> {
            write.accept(m);
            return "done";
        };
    }

    private static Kind at(BiFunction<Memory, Integer, Object> read) {
        return d -> {
            int offset = d.offset();
            return m -> read.apply(m, offset);
        };
    }

    private interface Write {
        void write(Memory memory, int offset, long value);
    }

    private static Kind put(Write write) {
        return d -> {
            int offset = d.offset();
            long value = d.value();
            return done(m -> write.write(m, offset, value));
        };
    }

    private interface Atomic {
        Object update(Memory memory, int offset, long a, long b);
    }

    private static Kind atomic(int width, Atomic atomic) {
        return d -> {
            int offset = d.aligned(width);
            long a = d.value();
            long b = d.value();
            return m -> atomic.update(m, offset, a, b);
        };
    }

    private static final List<Kind> KINDS = List.of(
            at(Memory::read),
            at(Memory::readShort),
            at(Memory::readInt),
            at(Memory::readLong),
            at((m, o) -> Float.floatToRawIntBits(m.readFloat(o))),
            at((m, o) -> Double.doubleToRawLongBits(m.readDouble(o))),
            at(Memory::readI8),
            at(Memory::readU8),
            at(Memory::readI16),
            at(Memory::readU16),
            at(Memory::readI32),
            at(Memory::readU32),
            at(Memory::readI64),
            at(Memory::readF32),
            at(Memory::readF64),
            put((m, o, v) -> m.writeByte(o, (byte) v)),
            put((m, o, v) -> m.writeShort(o, (short) v)),
            put((m, o, v) -> m.writeI32(o, (int) v)),
            put(Memory::writeLong),
            put((m, o, v) -> m.writeF32(o, (float) v)),
            put((m, o, v) -> m.writeF64(o, (double) v)),
            d -> {
                int offset = d.offset();
                int length = d.length();
                return m -> new String(m.readBytes(offset, length), StandardCharsets.ISO_8859_1);
            },
            d -> {
                int offset = d.offset();
                byte[] data = new byte[d.random.nextInt(100)];
                d.random.nextBytes(data);
                int from = d.random.nextInt(110) - 5;
                int length = d.length();
                return done(m -> m.write(offset, data, from, length));
            },
            d -> {
                int from = d.offset();
                int to = from + d.length();
                byte value = (byte) d.value();
                return done(m -> m.fill(value, from, to));
            },
            d -> {
                int to = d.offset();
                int from = d.random.nextBoolean() ? to + d.random.nextInt(40) - 20 : d.offset();
                int length = d.length();
                return done(m -> m.copy(to, from, length));
            },
            d -> {
                int pages = d.random.nextInt(100) > 0 ? d.random.nextInt(8) - 8 : d.random.nextInt(3);
                return m -> m.grow(pages);
            },
            d -> Memory::pages);

    // The mask is not for us: what byte[] elements give for getAndAdd and getAndSet, on which Endive's memory relies,
    // can
    // be out of a byte's range in JIT-compiled code (seen on JDK 17 and 25), and boxing such a value can crash the JVM.
    private static final List<Kind> ATOMICS = List.of(
            atomic(1, (m, o, a, b) -> m.atomicReadByte(o) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicAddByte(o, (byte) a) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicAndByte(o, (byte) a) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicOrByte(o, (byte) a) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicXorByte(o, (byte) a) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicXchgByte(o, (byte) a) & 0xFF),
            atomic(1, (m, o, a, b) -> m.atomicCmpxchgByte(o, (byte) a, (byte) b) & 0xFF),
            atomic(2, (m, o, a, b) -> m.atomicReadShort(o)),
            atomic(2, (m, o, a, b) -> m.atomicAddShort(o, (short) a)),
            atomic(2, (m, o, a, b) -> m.atomicAndShort(o, (short) a)),
            atomic(2, (m, o, a, b) -> m.atomicOrShort(o, (short) a)),
            atomic(2, (m, o, a, b) -> m.atomicXorShort(o, (short) a)),
            atomic(2, (m, o, a, b) -> m.atomicXchgShort(o, (short) a)),
            atomic(2, (m, o, a, b) -> m.atomicCmpxchgShort(o, (short) a, (short) b)),
            atomic(4, (m, o, a, b) -> m.atomicReadInt(o)),
            atomic(4, (m, o, a, b) -> m.atomicAddInt(o, (int) a)),
            atomic(4, (m, o, a, b) -> m.atomicAndInt(o, (int) a)),
            atomic(4, (m, o, a, b) -> m.atomicOrInt(o, (int) a)),
            atomic(4, (m, o, a, b) -> m.atomicXorInt(o, (int) a)),
            atomic(4, (m, o, a, b) -> m.atomicXchgInt(o, (int) a)),
            atomic(4, (m, o, a, b) -> m.atomicCmpxchgInt(o, (int) a, (int) b)),
            atomic(8, (m, o, a, b) -> m.atomicReadLong(o)),
            atomic(8, (m, o, a, b) -> m.atomicAddLong(o, a)),
            atomic(8, (m, o, a, b) -> m.atomicAndLong(o, a)),
            atomic(8, (m, o, a, b) -> m.atomicOrLong(o, a)),
            atomic(8, (m, o, a, b) -> m.atomicXorLong(o, a)),
            atomic(8, (m, o, a, b) -> m.atomicXchgLong(o, a)),
            atomic(8, (m, o, a, b) -> m.atomicCmpxchgLong(o, a, b)));

    private static Object run(Memory memory, Function<Memory, Object> access) {
        try {
            return access.apply(memory);
        } catch (WasmEngineException e) {
            assertThat(e).hasMessageStartingWith("out of bounds memory access");
            return "trap";
        }
    }

    @ParameterizedTest(name = "shared: {0}, seed {1}")
    @CsvSource({"false, 1", "false, 2", "true, 3", "true, 4"})
    void ourMemoryDoesWhatEndivesDoes(boolean shared, long seed) {
        Memory ours = new LinearMemory(1, 4, shared);
        // Atomic accesses compare with a shared one always: on newer JVMs Endive's trap wherever memory is not shared.
        Memory theirs = new ByteArrayMemory(new MemoryLimits(1, 4, true));
        Random random = new Random(seed);
        int trapped = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            List<Kind> kinds = random.nextInt(3) == 0 ? ATOMICS : KINDS;
            int kind = random.nextInt(kinds.size());
            Function<Memory, Object> access = kinds.get(kind).draw(new Draw(random, ours));
            Object expected = run(theirs, access);
            Object actual = run(ours, access);
            if (!expected.equals(actual)) {
                assertThat(actual)
                        .as("operation %d, %s %d, seed %d", i, kinds == KINDS ? "kind" : "atomic", kind, seed)
                        .isEqualTo(expected);
            }
            trapped += expected.equals("trap") ? 1 : 0;
        }
        assertThat(ours.pages()).isEqualTo(theirs.pages()).isGreaterThan(1);
        assertThat(ours.readBytes(0, ours.pages() * 65_536)).isEqualTo(theirs.readBytes(0, theirs.pages() * 65_536));
        assertThat(trapped).as("both kinds of outcome are met").isBetween(OPERATIONS / 20, OPERATIONS / 2);
    }
}
