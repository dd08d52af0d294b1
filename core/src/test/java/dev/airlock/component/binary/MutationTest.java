package dev.airlock.component.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mutated component is either still valid or refused with an Airlock exception. */
@Tag("slow")
class MutationTest {
    private static final long SEED = Long.getLong("airlock.seed", 20260821);
    private static final int ROUNDS = Integer.getInteger("airlock.mutations", 1_000);
    private static final int[] EDGES = {0x00, 0x01, 0x3f, 0x40, 0x7f, 0x80, 0xff};
    private static final int HEADER = 8;

    private final Engine engine = Engine.create();
    private final Random random = new Random(SEED);
    private int refused;

    private void tryOut(byte[] bytes, String what) {
        try {
            Component component = Component.compile(engine, "mutant.wasm", bytes);
            assertThat(component.wit()).startsWith("package root:component;");
        } catch (ModuleException e) {
            refused++;
            assertThat(e.byteOffset()).isLessThanOrEqualTo(bytes.length);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + SEED + ", " + what + ": " + Arrays.toString(bytes), e);
        }
    }

    private byte[] original() {
        return Guests.bytes(random.nextBoolean() ? "components/wat/sections" : "components/wat/world");
    }

    @Test
    void cutShort() {
        byte[] whole = Guests.bytes("components/wat/sections");
        for (int length = 0; length < whole.length; length += 1 + random.nextInt(3)) {
            tryOut(Arrays.copyOf(whole, length), "cut to " + length + " bytes");
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aFewBytesChanged() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = original();
            for (int i = 0; i <= random.nextInt(3); i++) {
                int at = HEADER + random.nextInt(bytes.length - HEADER);
                bytes[at] = (byte)
                        switch (random.nextInt(3)) {
                            case 0 -> bytes[at] ^ (1 << random.nextInt(8));
                            case 1 -> EDGES[random.nextInt(EDGES.length)];
                            default -> random.nextInt(256);
                        };
            }
            tryOut(bytes, "round " + round);
        }
        assertThat(refused).isPositive();
    }

    @Test
    void eachSectionOverwrittenInTurn() {
        for (String guest : new String[] {"components/wat/sections", "components/wat/world"}) {
            byte[] whole = Guests.bytes(guest);
            var in = new BinaryReader("whole", whole, HEADER, whole.length);
            while (!in.atEnd()) {
                in.next("a section");
                int size = (int) in.u32("a size");
                int start = in.position();
                in.skip(size);
                for (int round = 0; round < 30; round++) {
                    byte[] bytes = whole.clone();
                    int from = start + random.nextInt(Math.max(1, size));
                    for (int at = from; at < start + size; at++) {
                        bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(4));
                    }
                    tryOut(bytes, "section at byte " + start + ", round " + round);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void piecesRemovedDuplicatedAndMoved() {
        for (int round = 0; round < ROUNDS / 4; round++) {
            byte[] bytes = original();
            int from = HEADER + random.nextInt(bytes.length - HEADER);
            int length = Math.min(1 + random.nextInt(40), bytes.length - from);
            int to = HEADER + random.nextInt(bytes.length - HEADER);
            var out = new ComponentBytes();
            boolean doubled = random.nextBoolean();
            for (int at = 0; at < bytes.length; at++) {
                if (at == to) {
                    out.raw(Arrays.copyOfRange(bytes, from, from + length));
                }
                if (doubled || at < from || at >= from + length) {
                    out.raw(bytes[at]);
                }
            }
            tryOut(out.bytes(), "round " + round);
        }
        assertThat(refused).isPositive();
    }

    @Test
    void randomBytesBehindAHeader() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            tryOut(
                    ComponentBytes.component()
                            .section(
                                    1 + random.nextInt(12),
                                    ComponentBytes.contents().raw(noise))
                            .bytes(),
                    "round " + round);
        }
        assertThat(refused).isPositive();
    }
}
