package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Guests;
import dev.airlock.engine.binary.ModuleDecoder;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.error.Trap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SourceLinesTest {
    private static final List<String> INDIRECT = List.of(
            "crash.wasm/wasm.divide(c/crash.c:9)",
            "crash.wasm/wasm.through(c/crash.c:14)",
            "crash.wasm/wasm.indirect(c/crash.c:22)");

    /** The index of the first function that the module defines. */
    private static final int FIRST =
            ModuleDecoder.decode("crash.wasm", Guests.bytes("c/crash")).importedFunctions();

    @TempDir
    Path folder;

    private static List<String> frames(Module module, String function, long argument) {
        Func func = new Linker().instantiate(module).function(function);
        Trap trap = catchThrowableOfType(Trap.class, () -> func.call(argument));
        return Arrays.stream(trap.getStackTrace())
                .filter(frame -> frame.getClassName().equals("wasm"))
                .map(StackTraceElement::toString)
                .toList();
    }

    private static List<String> c(String function, long argument) {
        return frames(Guests.module("c/crash"), function, argument);
    }

    @Test
    void divisionsAndCallsHaveTheirLines() {
        assertThat(c("indirect", 1)).isEqualTo(INDIRECT);
    }

    @Test
    void accessesOfMemoryHaveTheirLinesInAFileOfTheirOwn() {
        assertThat(c("outside", 1))
                .containsExactly("crash.wasm/wasm.read(c/crash.h:4)", "crash.wasm/wasm.outside(c/crash.c:30)");
    }

    /** What was inlined has the line that it has, in the function that it was put into. */
    @Test
    void callsFromWhatWasInlinedHaveTheirLines() {
        assertThat(c("inlined", 1))
                .containsExactly("crash.wasm/wasm.read(c/crash.h:4)", "crash.wasm/wasm.inlined(c/crash.c:35)");
    }

    /** The loop is in lines 40 and 41. */
    @Test
    void loopsThatAreInterruptedHaveTheirLines() {
        Thread.currentThread().interrupt();
        try {
            assertThat(c("spin", 1))
                    .isIn(List.of("crash.wasm/wasm.spin(c/crash.c:40)"), List.of("crash.wasm/wasm.spin(c/crash.c:41)"));
        } finally {
            assertThat(Thread.interrupted()).isIn(true, false);
        }
    }

    /** Compiled by LLVM 14, with DWARF 4. The library's own lines come from how Debian built it. */
    @Test
    void rustHasLinesAndNames() {
        assertThat(frames(Guests.module("rust/crash"), "area", 0))
                .containsExactly(
                        "crash.wasm/wasm.core::panicking::panic_fmt(/usr/src/rustc-1.63.0/library/core/src/../../stdarch/"
                                + "crates/core_arch/src/wasm32/mod.rs:25)",
                        "crash.wasm/wasm.core::panicking::panic"
                                + "(/usr/src/rustc-1.63.0/library/core/src/panicking.rs:48)",
                        "crash.wasm/wasm.crash::shapes::Shape::area(rust/crash/crash.rs:13)",
                        "crash.wasm/wasm.crash::measure(rust/crash/crash.rs:20)",
                        "crash.wasm/wasm.area(rust/crash/crash.rs:28)");
    }

    @Test
    void linesAreKeptWithCachedCode() {
        Module first = Engine.withCodeCache(folder).compile(Guests.file("c/crash"));
        assertThat(frames(first, "indirect", 1)).isEqualTo(INDIRECT);
        Module cached = Engine.withCodeCache(folder).compile(Guests.file("c/crash"));
        assertThat(frames(cached, "indirect", 1)).isEqualTo(INDIRECT);
    }

    @Test
    void theCallersArrayIsNotKept() {
        byte[] bytes = Guests.bytes("c/crash");
        Module module = Engine.create().compile("crash.wasm", bytes);
        Arrays.fill(bytes, (byte) 0);
        assertThat(frames(module, "indirect", 1)).isEqualTo(INDIRECT);
    }

    @Test
    void modulesWithoutLinesKeepNothing() {
        for (String guest : List.of("c/kit", "wat/traps")) {
            assertThat(Guests.module(guest).sourceLines()).isNull();
        }
    }

    /** Whatever the section says, the trap comes, with the functions by name. */
    @Test
    void malformedLinesNeverFailATrap() {
        byte[] sound = Guests.bytes("c/crash");
        ModuleDefinition.Range lines = ModuleDecoder.decode("crash.wasm", sound).customs().stream()
                .filter(section -> section.name().equals(".debug_line"))
                .findFirst()
                .orElseThrow()
                .content();
        var random = new Random(20_261_127);
        for (int round = 0; round < 300; round++) {
            byte[] broken = sound.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                broken[lines.from() + random.nextInt(lines.length())] = (byte) random.nextInt(256);
            }
            SourceLines of = SourceLines.of(ModuleDecoder.decode("crash.wasm", broken));
            assertThat(of).isNotNull();
            assertThat(of.places(List.of(new SourceLines.Spot(FIRST, 1), new SourceLines.Spot(FIRST + 1, 1)))
                            .size())
                    .isBetween(0, 2);
        }
        byte[] cut = sound.clone();
        Arrays.fill(cut, lines.from(), lines.end(), (byte) 0xff);
        assertThat(frames(Engine.create().compile("crash.wasm", cut), "indirect", 1))
                .containsExactly("wasm.divide(crash.wasm)", "wasm.through(crash.wasm)", "wasm.indirect(crash.wasm)");
    }
}
