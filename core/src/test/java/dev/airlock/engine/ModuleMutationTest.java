package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A module with mistakes is refused with an offset, or compiles to classes that the JVM verifies. */
@Tag("slow")
@Timeout(300)
class ModuleMutationTest {
    private static final long SEED = Long.getLong("airlock.seed", 20261201);
    private static final int ROUNDS = Integer.getInteger("airlock.mutations", 3_000);
    private static final List<String> GUESTS = List.of(
            "wat/atomics",
            "wat/labels",
            "wat/managed",
            "wat/memory",
            "wat/numbers",
            "wat/state",
            "wat/tables",
            "wat/tailcalls",
            "wat/traps",
            "wat/twomemories",
            "gc/references");

    /** Made by the generator of the module conformance, from the seeds in their names. */
    private static final List<String> GENERATED = Stream.of(1, 17, 41, 68, 84, 89, 209, 286)
            .map(seed -> "/generated/seed-" + seed + ".wasm")
            .toList();

    private static List<byte[]> originals() {
        List<byte[]> all = new ArrayList<>();
        GUESTS.forEach(guest -> all.add(Guests.bytes(guest)));
        for (String name : GENERATED) {
            try (InputStream in = ModuleMutationTest.class.getResourceAsStream(name)) {
                all.add(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static boolean compiles(byte[] bytes, String what) {
        try {
            return VerifiedModule.compiles(bytes);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "seed " + SEED + ", " + what + ": " + HexFormat.of().formatHex(bytes), e);
        }
    }

    @Test
    void originalsAreValid() {
        assertThat(originals())
                .allSatisfy(bytes -> assertThat(compiles(bytes, "original")).isTrue());
    }

    @Test
    void cutShort() {
        int valid = 0;
        for (byte[] whole : originals()) {
            for (int length = 0; length < whole.length; length++) {
                if (compiles(Arrays.copyOf(whole, length), "cut to " + length + " bytes")) {
                    valid++;
                }
            }
        }
        // A header is a module, and so are some sections before there is a function, or after its body.
        assertThat(valid).isGreaterThanOrEqualTo(originals().size());
    }

    @Test
    void changed() {
        var mutations = new ModuleMutations(originals(), SEED);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (compiles(mutations.next(), "round " + round)) {
                valid++;
            }
        }
        assertThat(valid).isBetween(1, ROUNDS - 1);
    }
}
